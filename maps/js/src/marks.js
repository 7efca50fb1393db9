// The layers that draw incidents, and what lies under a click.

import { PADDING, addCanvasLayer } from './canvas_layer.js';
import { MARK_RADIUS, drawAreas, drawPlaces } from './areas.js';
import { mainType } from './clusters.js';
import { gatherGroups } from './gather.js';
import { drawLabels, edgesOf, measurer, placeLabels, wishesOf } from './labels.js';
import { COUNTRY, EDGE, RING_PIXELS, chooseAreas, layOut } from './layout.js';
import {
  areaText, drawAreaLabel, drawCluster, drawSymbol, drawVagueRing, drawVagueShare, markRadius,
} from './symbols.js';
import { THEMES, lineColour } from './theme.js';

/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./incidents.js').FacetEntry} FacetEntry */
/** @typedef {import('./room.js').Box} Box */

/** From this zoom on the places of incidents are named. */
const NAMES_FROM_ZOOM = 8;

/**
 * @typedef {object} Marks
 * @property {(anew?: boolean) => void} redraw after the filters have changed, or all of it anew
 * @property {(x: number, y: number) => Hit | undefined} find what lies at a pixel of the window
 * @property {() => void} relabel after what stands instead of the marks has changed
 * @property {() => Drawing} layout what was drawn last
 * @property {() => Group[]} drawn the marks in the window, each with all of its places
 * @property {() => Drawing} groups `layout` without the places of clusters
 * @property {(group: Group) => number[]} placesOf
 * @property {(at: { x: number, y: number }) => [number, number]} toWindow the pixel of the window
 *   at which a mark or box of the drawing lies
 */

/**
 * What lies under the pointer: places, and whether they stand apart when one zooms in.
 * @typedef {{ places: number[], x: number, y: number, isCluster: boolean }} Hit
 */

/**
 * @typedef {object} Drawing
 * @property {Group[]} marks
 * @property {import('./layout.js').LaidArea[]} areas
 * @property {import('./areas.js').DrawnArea[]} paths
 * @property {Box[]} boxes of all marks and labels
 * @property {Group[]} further points of incidents that name several places
 */

/** @type {Drawing} */
const NOTHING = { marks: [], areas: [], paths: [], boxes: [], further: [] };

/**
 * What another view has drawn in place of the marks: boxes where no name may stand, and names that
 * it has said itself.
 * @typedef {{ boxes: Box[], said: string[] }} Instead
 */

/**
 * Adds the incidents' layers to a map. They are empty while the incidents are shown otherwise.
 * @param {import('./app.js').App} app
 * @param {object} options
 * @param {import('./basemap.js').Town[]} options.names of the base map
 * @param {() => Instead | undefined} options.instead
 * @param {(labels: import('./labels.js').Label[]) => void} [options.beneath] takes the base map's
 *   names where they are not to be drawn among the marks
 * @returns {Marks}
 */
export function addMarks(app, { names, instead, beneath }) {
  const { map, incidents } = app;
  const { entries } = incidents.header.facets[0];
  const points = pointsOf(app, entries.length);
  const probe = document.createElement('canvas').getContext('2d');
  let drawing = NOTHING;
  /** @type {(group: Group) => number[]} */
  let placesOf = (group) => group.places;
  const theme = () => THEMES[app.settings.theme];

  /** @param {View} view */
  const lay = (view) => {
    if (instead()) return NOTHING;
    const gathered = gatherGroups(points, view, EDGE, (found) => chooseAreas(incidents, found, view));
    placesOf = gathered.placesOf;
    return layOut(incidents, gathered.groups, view, gathered.areas);
  };
  const shapes = addCanvasLayer(map, 'im-areas', 410, (context, view) => {
    const { marks, areas } = drawing;
    drawing.paths = drawAreas(context, view, incidents, areas.map(({ group }) => group), entries, theme());
    const single = marks.filter((group) => group.size === 1);
    drawing.further = drawPlaces(context, view, incidents, single, entries, theme());
  }, (view) => {
    const { paths, further } = drawing;
    drawing = { ...lay(view), paths, further };
    const plan = planOf(drawing);
    if (plan === undefined) Object.assign(drawing, { paths: [], further: [] });
    return plan;
  });
  // Names and marks on one canvas: each costs what the window's pixels cost, whatever is on it.
  const symbols = addCanvasLayer(map, 'im-marks', 430, (context, view) => {
    const { boxes, said } = instead() ?? { boxes: drawing.boxes, said: [] };
    const own = view.zoom >= NAMES_FROM_ZOOM ? placeNames(incidents, drawing.marks) : [];
    const others = wishesOf(names, view, app.settings.language).filter(({ text }) => !said.includes(text));
    const taken = [...boxes, ...edgesOf(view, PADDING)];
    context.save();
    const labels = probe ? placeLabels([...own, ...others], taken, measurer(probe)) : [];
    const isOwn = (/** @type {{ kind: string }} */ { kind }) => !beneath || kind === 'incident';
    drawLabels(context, labels.filter(isOwn), theme());
    beneath?.(labels.filter((label) => !isOwn(label)));
    context.restore();
    drawMarks(context, drawing, incidents, entries, theme());
  });

  return makeHandles(map, [shapes, symbols], probe, { drawing: () => drawing, placesOf: (group) => placesOf(group) });
}

/**
 * What the other parts of the page may do with the marks.
 * @param {import('leaflet').Map} map
 * @param {import('./canvas_layer.js').CanvasLayer[]} layers areas, then marks
 * @param {CanvasRenderingContext2D | null} probe
 * @param {{ drawing: () => Drawing, placesOf: (group: Group) => number[] }} drawn
 * @returns {Marks}
 */
function makeHandles(map, [shapes, symbols], probe, { drawing, placesOf }) {
  /** @param {Group} group */
  const withPlaces = (group) => ({ ...group, places: placesOf(group) });
  const fill = () => ({
    ...drawing(),
    marks: drawing().marks.map(withPlaces),
    areas: drawing().areas.map(({ group, box }) => ({ group: withPlaces(group), box })),
  });
  return {
    redraw: (anew) => [shapes, symbols].forEach((layer) => layer.redraw(anew)),
    relabel: () => symbols.redraw(),
    find(x, y) {
      const found = probe ? findAt(drawing(), probe, toCanvas(map, shapes.view(), x, y)) : undefined;
      // The places of a cluster are looked for when they are asked for.
      return found && { ...found, get places() { return found.groups.flatMap(placesOf); } };
    },
    drawn: () => [...fill().marks, ...fill().areas.map(({ group }) => group)],
    layout: fill,
    groups: drawing,
    placesOf,
    toWindow: ({ x, y }) => {
      const [left, top] = toCanvas(map, shapes.view(), 0, 0);
      return [x - left, y - top];
    },
  };
}

/**
 * What is drawn of areas, circles and lines: places, their colours, and the size of marks of more
 * than one point; undefined where there is none of them.
 * @param {Drawing} drawing
 */
function planOf({ marks, areas }) {
  const parts = areas.map(({ group }) => `${group.places[0]}.${mainType(group.byType)}`);
  for (const { size, places, byType, count } of marks) {
    if (size === 1) parts.push(`${places[0]}:${mainType(byType)}:${count}`);
  }
  return parts.length ? parts.join() : undefined;
}

/**
 * @param {import('./app.js').App} app
 * @param {number} types
 * @returns {import('./gather.js').Points}
 */
function pointsOf({ incidents, failures, tally }, types) {
  const { places, columns, dated } = incidents;
  return { places, place: columns.place, type: columns.type, types, failures, tally, dated };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Drawing} drawing
 * @param {Incidents} incidents
 * @param {FacetEntry[]} entries
 * @param {import('./theme.js').Theme} theme
 */
function drawMarks(context, { marks, areas }, { places }, entries, theme) {
  for (const { group, box } of areas) {
    const text = areaText(group, places.vague[group.places[0]] === COUNTRY);
    const centre = /** @type {[number, number]} */ ([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]);
    drawAreaLabel(context, group, entries, { centre, text }, theme);
  }
  for (const group of marks) {
    const { x, y, count, vague } = group;
    const ring = markRadius(count) + RING_PIXELS - 1;
    const entry = entries[mainType(group.byType)];
    if (group.size === 1 && vague) drawVagueRing(context, lineColour(entry.colour, theme), x, y, ring, theme);
    if (count === 1) drawSymbol(context, entry, x, y, MARK_RADIUS, theme);
    else drawCluster(context, group, entries, theme);
    if (group.size > 1 && vague) drawVagueShare(context, group, ring, theme);
  }
}

/**
 * The names of the incidents' own places, as they are to stand beside their marks.
 * @param {Incidents} incidents
 * @param {Group[]} marks
 * @returns {import('./labels.js').Wish[]}
 */
function placeNames(incidents, marks) {
  const names = incidents.tables.name;
  const { place_name: codes } = incidents.columns;
  return marks
    .filter((group) => group.size === 1 && names[codes[group.places[0]]])
    .map(({ x, y, count, places }) => ({
      text: names[codes[places[0]]], x, y, kind: /** @type {const} */ ('incident'), gap: markRadius(count) + 4,
    }));
}

/**
 * @param {import('leaflet').Map} map
 * @param {View | undefined} view
 * @param {number} x
 * @param {number} y
 * @returns {[number, number]}
 */
function toCanvas(map, view, x, y) {
  if (!view) return [x, y];
  const min = /** @type {import('leaflet').Point} */ (map.getPixelBounds().min);
  return [x + min.x - view.left, y + min.y - view.top];
}

/**
 * The mark under a pixel, else the label of an area, else every area that covers it.
 * @param {Drawing} drawing
 * @param {CanvasRenderingContext2D} probe
 * @param {[number, number]} pixel
 * @returns {{ groups: Group[], x: number, y: number, isCluster: boolean } | undefined}
 */
function findAt({ marks, areas, paths, further }, probe, [x, y]) {
  const mark = nearest(marks, x, y) ?? nearest(further, x, y);
  if (mark) return { groups: [mark], x: mark.x, y: mark.y, isCluster: mark.size > 1 };
  const label = areas.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
  if (label) return { groups: [label.group], x, y, isCluster: false };
  const covering = paths.filter(({ path }) => probe.isPointInPath(path, x, y, 'evenodd'));
  if (!covering.length) return undefined;
  return { groups: covering.reverse().map(({ group }) => group), x, y, isCluster: false };
}

/**
 * @param {Group[]} marks
 * @param {number} x
 * @param {number} y
 * @returns {Group | undefined}
 */
function nearest(marks, x, y) {
  let best;
  let least = Infinity;
  for (const mark of marks) {
    const away = Math.hypot(mark.x - x, mark.y - y);
    if (away <= markRadius(mark.count) + 5 && away < least) {
      best = mark;
      least = away;
    }
  }
  return best;
}
