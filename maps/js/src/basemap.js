// The map beneath: sea, land, coast and borders, from the page's own data.

import { readParts, boxOf } from './incidents.js';
import { worldCopies } from './project.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {{ points: Float64Array, box: [number, number, number, number] }} Line */

/**
 * @typedef {object} Town
 * @property {string} name
 * @property {number} x
 * @property {number} y
 * @property {number} zoom from which on it is named
 * @property {'town' | 'city' | 'admin1' | 'country'} kind
 * @property {number} until last zoom at which it is named
 */

/**
 * @typedef {object} BaseMap
 * @property {Line[]} worldLand coarse, the whole world
 * @property {Line[]} worldCoast
 * @property {Line[]} worldBorders
 * @property {Line[]} land finer, about the incidents
 * @property {Line[]} coast
 * @property {Line[]} borders between countries
 * @property {Line[]} admin between first-level areas
 * @property {Line[]} boxes where the finer part holds
 * @property {Town[]} names most important first
 */

const COLOURS = {
  sea: '#d4e1e9',
  land: '#f6f3ec',
  coast: '#9db5c4',
  border: '#9a8f9c',
  admin: '#d3cabf',
};

/** Below this length in pixels a step of a line is not drawn. */
const LEAST_STEP = 0.8;

/**
 * The base map that a payload holds.
 * @param {import('./decode.js').Payload} payload
 * @returns {BaseMap}
 */
export function readBaseMap({ header, columns }) {
  /** @param {string} name */
  const lines = (name) => {
    const { scale } = header.lines[name];
    const lons = columns[`${name}_x`];
    return readParts(lons, columns[`${name}_y`], columns[`${name}_length`], scale).map(toLine);
  };
  return {
    worldLand: lines('world_land'),
    worldCoast: lines('world_coast'),
    worldBorders: lines('world_borders'),
    land: lines('land'),
    coast: lines('coast'),
    borders: lines('borders'),
    admin: lines('admin'),
    boxes: lines('boxes'),
    names: readNames(header, columns),
  };
}

/**
 * @param {Float64Array} points
 * @returns {Line}
 */
function toLine(points) {
  return { points, box: boxOf([points]) };
}

/**
 * @param {any} header
 * @param {Record<string, import('./decode.js').Column>} columns
 * @returns {Town[]}
 */
function readNames(header, columns) {
  const points = readParts(columns.name_lon, columns.name_lat, columns.name_count, header.name_scale);
  return header.names.map((/** @type {string} */ name, /** @type {number} */ i) => ({
    name,
    x: points[0][2 * i],
    y: points[0][2 * i + 1],
    zoom: columns.name_zoom[i],
    until: columns.name_until[i],
    kind: header.name_kinds[columns.name_kind[i]],
  }));
}

/**
 * Draws sea, land and lines.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {BaseMap} base
 */
export function drawBaseMap(context, view, base) {
  context.fillStyle = COLOURS.sea;
  context.fillRect(0, 0, view.width, view.height);
  context.lineJoin = 'round';
  const left = view.left / view.scale;
  const copies = worldCopies(left, left + view.width / view.scale);
  const views = copies.map((copy) => ({ ...view, left: view.left - copy * view.scale }));
  // All land before all lines: what crosses 180 degrees reaches into the neighbouring copy.
  for (const own of views) fill(context, own, base.worldLand, COLOURS.land);
  for (const own of views) {
    stroke(context, own, base.worldCoast, COLOURS.coast, 0.75);
    stroke(context, own, base.worldBorders, COLOURS.border, 0.75);
  }
  if (base.boxes.length) for (const own of views) drawFine(context, own, base);
}

/**
 * The finer part, within the boxes in which it holds.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {BaseMap} base
 */
function drawFine(context, view, base) {
  context.save();
  trace(context, view, base.boxes);
  context.clip();
  fill(context, view, base.boxes, COLOURS.sea);
  fill(context, view, base.land, COLOURS.land);
  if (view.zoom >= 4.5) stroke(context, view, base.admin, COLOURS.admin, view.zoom < 7 ? 0.75 : 1.1);
  stroke(context, view, base.coast, COLOURS.coast, 1);
  stroke(context, view, base.borders, COLOURS.border, view.zoom < 6 ? 1 : 1.5);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Line[]} lines
 * @param {string} colour
 */
function fill(context, view, lines, colour) {
  trace(context, view, lines);
  context.fillStyle = colour;
  context.fill('evenodd');
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Line[]} lines
 * @param {string} colour
 * @param {number} width
 */
function stroke(context, view, lines, colour, width) {
  trace(context, view, lines);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/**
 * The path of those lines that can be seen.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Line[]} lines
 */
function trace(context, view, lines) {
  context.beginPath();
  const { scale, left, top } = view;
  for (const { points, box } of lines) {
    if (box[2] * scale < left || box[0] * scale > left + view.width) continue;
    if (box[3] * scale < top || box[1] * scale > top + view.height) continue;
    tracePoints(context, points, view);
  }
}

/**
 * Adds a line to the path, without the steps too short to see.
 * @param {CanvasRenderingContext2D | Path2D} path
 * @param {Float64Array} points x, y pairs in map units
 * @param {View} view
 */
export function tracePoints(path, points, { scale, left, top }) {
  let lastX = points[0] * scale - left;
  let lastY = points[1] * scale - top;
  path.moveTo(lastX, lastY);
  const end = points.length - 2;
  for (let i = 2; i <= end; i += 2) {
    const x = points[i] * scale - left;
    const y = points[i + 1] * scale - top;
    if (i < end && Math.abs(x - lastX) < LEAST_STEP && Math.abs(y - lastY) < LEAST_STEP) continue;
    path.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
}
