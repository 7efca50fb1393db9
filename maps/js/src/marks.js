// The layers that draw incidents, and what lies under a click.

import { PADDING, addCanvasLayer } from './canvas_layer.js';
import { MARK_RADIUS, drawAreas, drawPlaces } from './areas.js';
import { countPlaces, groupByPlace, mainType } from './clusters.js';
import { drawLabels, edgesOf, measurer, placeLabels, wishesOf } from './labels.js';
import { COUNTRY, RING_PIXELS, layOut } from './layout.js';
import {
  areaText, drawAreaLabel, drawCluster, drawSymbol, drawVagueRing, drawVagueShare, markRadius,
} from './symbols.js';
import { THEMES, lineColour } from './theme.js';

/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./incidents.js').FacetEntry} FacetEntry */
/** @typedef {import('./labels.js').Box} Box */

/** How far beyond the window's edge places are looked for. */
const MARGIN = 60;
/** From this zoom on the places of incidents are named. */
const NAMES_FROM_ZOOM = 8;

/**
 * @typedef {object} Marks
 * @property {() => void} redraw after the filters have changed
 * @property {(x: number, y: number) => Hit | undefined} find what lies at a pixel of the window
 * @property {() => Drawing} layout what was drawn last
 * @property {() => Group[]} drawn the marks in the window, for tests and for the keyboard
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

/**
 * Adds the incidents' layers to a map.
 * @param {import('leaflet').Map} map
 * @param {Incidents} incidents
 * @param {{ failures: Uint16Array, entries: FacetEntry[], names: import('./basemap.js').Town[],
 *   settings: import('./app.js').Settings }} options
 * @returns {Marks}
 */
export function addMarks(map, incidents, { failures, entries, names, settings }) {
  const { places, columns } = incidents;
  const points = {
    x: places.x, y: places.y, place: columns.place, type: columns.type, types: entries.length,
    vague: places.vague, reach: places.reach,
  };
  let counts = countPlaces(points, failures);
  const probe = document.createElement('canvas').getContext('2d');
  const theme = () => THEMES[settings.theme];
  /** @type {Drawing} */
  let drawing = { marks: [], areas: [], paths: [], boxes: [], further: [] };

  const shapes = addCanvasLayer(map, 'im-areas', 410, (context, view) => {
    const groups = groupByPlace(points, counts, view, MARGIN);
    const { marks, areas, boxes } = layOut(incidents, groups, view);
    const paths = drawAreas(context, view, incidents, areas.map(({ group }) => group), entries, theme());
    const single = marks.filter((group) => group.places.length === 1);
    const further = drawPlaces(context, view, incidents, single, entries, theme());
    drawing = { marks, areas, paths, boxes, further };
  });
  const symbols = addCanvasLayer(map, 'im-marks', 430, (context) => {
    drawMarks(context, drawing, incidents, entries, theme());
  });
  const labels = addCanvasLayer(map, 'im-labels', 420, (context, view) => {
    if (!probe) return;
    const own = view.zoom >= NAMES_FROM_ZOOM ? placeNames(incidents, drawing.marks) : [];
    const wishes = [...own, ...wishesOf(names, view, settings.language)];
    const taken = [...drawing.boxes, ...edgesOf(view, PADDING)];
    drawLabels(context, placeLabels(wishes, taken, measurer(probe)), theme());
  });

  return {
    redraw() {
      counts = countPlaces(points, failures);
      shapes.redraw();
      symbols.redraw();
      labels.redraw();
    },
    find: (x, y) => findAt(drawing, shapes.view(), toCanvas(map, shapes.view(), x, y)),
    drawn: () => [...drawing.marks, ...drawing.areas.map(({ group }) => group)],
    layout: () => drawing,
  };
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
    if (group.places.length === 1 && vague) drawVagueRing(context, lineColour(entry.colour, theme), x, y, ring, theme);
    if (count === 1) drawSymbol(context, entry, x, y, MARK_RADIUS, theme);
    else drawCluster(context, group, entries, theme);
    if (group.places.length > 1 && vague) drawVagueShare(context, group, ring, theme);
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
    .filter((group) => group.places.length === 1 && names[codes[group.places[0]]])
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
 * @param {View | undefined} view
 * @param {[number, number]} pixel
 * @returns {Hit | undefined}
 */
function findAt({ marks, areas, paths, further }, view, [x, y]) {
  if (!view) return undefined;
  const mark = nearest([...marks, ...further], x, y);
  if (mark) return { places: mark.places, x: mark.x, y: mark.y, isCluster: mark.places.length > 1 };
  const label = areas.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
  if (label) return { places: label.group.places, x, y, isCluster: false };
  const context = document.createElement('canvas').getContext('2d');
  const covering = paths.filter(({ path }) => context?.isPointInPath(path, x, y, 'evenodd'));
  if (!covering.length) return undefined;
  const found = covering.reverse().flatMap(({ group }) => group.places);
  return { places: found, x, y, isCluster: false };
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
