// The layers that draw incidents, and what lies under a click.

import { addCanvasLayer } from './canvas_layer.js';
import { MARK_RADIUS, drawAreas, drawPlaces, partAreas } from './areas.js';
import { countPlaces, groupByPlace, joinByCell, joinTouching, mainType } from './clusters.js';
import { drawLabels, measurer, overlaps, placeLabels, wishesOf } from './labels.js';
import {
  LABEL_HEIGHT, drawAreaLabel, drawCluster, drawSymbol, drawVagueRing, labelWidth, markRadius,
} from './symbols.js';

/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./incidents.js').FacetEntry} FacetEntry */
/** @typedef {import('./labels.js').Box} Box */

/** Above so many places in the window they are joined by cells, so that the map stays legible. */
const MOST_PLACES = 400;
const CELL = 64;
/** How far the ring of a mark that stands for an area lies outside it. */
const RING_PIXELS = 6;
/** From this zoom on the places of incidents are named. */
const NAMES_FROM_ZOOM = 8;

/**
 * @typedef {object} Marks
 * @property {() => void} redraw after the filters have changed
 * @property {(x: number, y: number) => Hit | undefined} find what lies at a pixel of the window
 * @property {() => Group[]} drawn the marks in the window, for tests and for the keyboard
 */

/**
 * What lies under the pointer: places, and whether they stand apart when one zooms in.
 * @typedef {{ places: number[], x: number, y: number, isCluster: boolean }} Hit
 */

/**
 * @typedef {object} Drawing
 * @property {Group[]} marks
 * @property {Group[]} areas
 * @property {import('./areas.js').DrawnArea[]} paths
 * @property {Box[]} boxes of all marks
 * @property {Group[]} further points of incidents that name several places
 */

/**
 * Adds the incidents' layers to a map.
 * @param {import('leaflet').Map} map
 * @param {Incidents} incidents
 * @param {{ failures: Uint8Array, entries: FacetEntry[], names: import('./basemap.js').Town[] }} options
 * @returns {Marks}
 */
export function addMarks(map, incidents, { failures, entries, names }) {
  const { places, columns } = incidents;
  const points = {
    x: places.x, y: places.y, place: columns.place, type: columns.type, types: entries.length,
  };
  let counts = countPlaces(points, failures);
  const probe = document.createElement('canvas').getContext('2d');
  /** @type {Drawing} */
  let drawing = { marks: [], areas: [], paths: [], boxes: [], further: [] };

  const shapes = addCanvasLayer(map, 'im-areas', 410, (context, view) => {
    const groups = groupByPlace(points, counts, view, 60 + largestExtent(incidents, view));
    const parted = partAreas(incidents, groups, view.scale);
    const marks = joinMarks(incidents, parted.marks, view);
    const paths = drawAreas(context, view, incidents, parted.areas, entries);
    const single = marks.filter((group) => group.places.length === 1);
    const further = drawPlaces(context, view, incidents, single, entries);
    drawing = { marks, areas: parted.areas, paths, boxes: [], further };
  });
  const symbols = addCanvasLayer(map, 'im-marks', 430, (context) => {
    drawing.boxes = drawMarks(context, drawing, incidents, entries);
  });
  const labels = addCanvasLayer(map, 'im-labels', 420, (context, view) => {
    if (!probe) return;
    const own = view.zoom >= NAMES_FROM_ZOOM ? placeNames(incidents, drawing.marks) : [];
    const wishes = [...own, ...wishesOf(names, view)];
    drawLabels(context, placeLabels(wishes, [...drawing.boxes], measurer(probe)));
  });

  return {
    redraw() {
      counts = countPlaces(points, failures);
      shapes.redraw();
      symbols.redraw();
      labels.redraw();
    },
    find: (x, y) => findAt(drawing, shapes.view(), toCanvas(map, shapes.view(), x, y)),
    drawn: () => [...drawing.marks, ...drawing.areas],
  };
}

/**
 * The widest area in pixels, so that areas whose centre lies outside the window are drawn too.
 * @param {Incidents} incidents
 * @param {View} view
 */
function largestExtent({ places }, view) {
  return places.extent.reduce((most, extent) => Math.max(most, extent), 0) * view.scale;
}

/**
 * @param {Incidents} incidents
 * @param {Group[]} groups
 * @param {View} view
 */
function joinMarks({ places }, groups, view) {
  const joined = groups.length > MOST_PLACES ? joinByCell(groups, view, CELL) : groups;
  return joinTouching(joined, ({ count, places: own }) => {
    const isRinged = own.length === 1 && places.vague[own[0]];
    return markRadius(count) + (isRinged ? RING_PIXELS : 0);
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Drawing} drawing
 * @param {Incidents} incidents
 * @param {FacetEntry[]} entries
 * @returns {Box[]}
 */
function drawMarks(context, { marks, areas }, { places }, entries) {
  const taken = marks.map(({ x, y, count }) => boxAbout(x, y, 2 * markRadius(count), 2 * markRadius(count)));
  const labels = areas.map((group) => {
    const box = placeAreaLabel(group, taken);
    taken.push(box);
    drawAreaLabel(context, group, entries, [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]);
    return box;
  });
  for (const group of marks) {
    const { x, y, count } = group;
    const radius = markRadius(count) + 3;
    const entry = entries[mainType(group.byType)];
    if (group.places.length === 1 && places.vague[group.places[0]]) {
      drawVagueRing(context, entry.colour ?? '#666', x, y, radius + RING_PIXELS - 3);
    }
    if (count === 1) drawSymbol(context, entry, x, y, MARK_RADIUS);
    else drawCluster(context, group, entries);
  }
  return [...labels, ...taken];
}

/** Where an area's label may stand: at the area's mark, else a little off it. */
const LABEL_SHIFTS = [[0, 0], [0, -20], [0, 20], [24, 0], [-24, 0], [24, -20], [-24, 20], [0, -36], [0, 36]];

/**
 * The first place near an area's mark that nothing has taken.
 * @param {Group} group
 * @param {Box[]} taken
 * @returns {Box}
 */
function placeAreaLabel({ x, y, count }, taken) {
  const width = labelWidth(count);
  const boxes = LABEL_SHIFTS.map(([right, down]) => boxAbout(x + right, y + down, width, LABEL_HEIGHT));
  return boxes.find((box) => !taken.some((other) => overlaps(box, other))) ?? boxes[0];
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @returns {Box}
 */
function boxAbout(x, y, width, height) {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
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
function findAt({ marks, areas, paths, boxes, further }, view, [x, y]) {
  if (!view) return undefined;
  const mark = nearest([...marks, ...further], x, y);
  if (mark) return { places: mark.places, x: mark.x, y: mark.y, isCluster: mark.places.length > 1 };
  const label = areas.find((_, i) => {
    const box = boxes[i];
    return box && x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
  });
  if (label) return { places: label.places, x: label.x, y: label.y, isCluster: false };
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
