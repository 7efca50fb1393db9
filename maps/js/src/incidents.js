// The incidents of a page: columns by row, tables of strings, places and shapes.

import { toX, toY, widthOfKm } from './project.js';

/** @typedef {import('./decode.js').Column} Column */

/**
 * An area, line or set of points, in map units.
 * @typedef {object} Shape
 * @property {'line' | 'area' | 'points'} kind
 * @property {Float64Array[]} parts x, y pairs of each ring or line
 * @property {[number, number, number, number]} box least x, least y, greatest x, greatest y
 */

/**
 * @typedef {object} FacetEntry
 * @property {string} label
 * @property {string} [colour]
 * @property {string} [symbol]
 */

/**
 * @typedef {object} FacetSpec
 * @property {string} column
 * @property {string} title
 * @property {FacetEntry[]} entries one a code, or as `sets` say
 * @property {number[][]} [sets] the entries of each code, where a row can have several
 */

/**
 * Where incidents lie: row 0 of every array stands for "no place".
 * @typedef {object} Places
 * @property {Float64Array} lon
 * @property {Float64Array} lat
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {Float64Array} radiusKm
 * @property {Float64Array} extent how wide the place is, in widths of the world
 * @property {Column} shape index of the place's shape and one, 0 for none
 * @property {Uint8Array} vague 1 where the place is an area, however it is stored; 2 a country
 * @property {Float64Array} reach how far its area, line or points lie off its mark at most
 */

/**
 * @typedef {object} Incidents
 * @property {any} header
 * @property {number} count
 * @property {number} dated rows before this one have a date, sorted by it
 * @property {Record<string, Column>} columns
 * @property {Record<string, string[]>} tables
 * @property {Int32Array} start first day
 * @property {Int32Array} end last day
 * @property {Places} places
 * @property {Shape[]} shapes
 */

const SHAPE_KINDS = /** @type {const} */ (['line', 'area', 'points']);

/**
 * The incidents that a payload holds.
 * @param {import('./decode.js').Payload} payload
 * @returns {Incidents}
 */
export function readIncidents({ header, columns }) {
  const start = Int32Array.from(columns.start);
  const end = start.map((day, row) => day + columns.days[row]);
  const shapes = readShapes(columns, header.shape_scale);
  const places = readPlaces(columns, header.scale, shapes);
  const { count, dated, tables } = header;
  return { header, count, dated, columns, tables, start, end, places, shapes };
}

/**
 * @param {Record<string, Column>} columns
 * @param {number} scale
 * @param {Shape[]} shapes
 * @returns {Places}
 */
function readPlaces(columns, scale, shapes) {
  const lon = Float64Array.from(columns.place_lon, (value) => value / scale);
  const lat = Float64Array.from(columns.place_lat, (value) => value / scale);
  const radiusKm = Float64Array.from(columns.place_radius, (value) => value / 10);
  const shape = columns.place_shape;
  const extent = radiusKm.map((radius, place) => {
    const own = shapes[shape[place] - 1];
    if (own?.kind === 'area') return Math.max(own.box[2] - own.box[0], own.box[3] - own.box[1]);
    return 2 * radius * widthOfKm(lat[place]);
  });
  const vague = Uint8Array.from(columns.place_vague);
  const reach = extent.map((own, place) => {
    const box = shapes[shape[place] - 1]?.box;
    return Math.max(vague[place] ? own : 0, box ? Math.max(box[2] - box[0], box[3] - box[1]) : 0);
  });
  return { lon, lat, x: lon.map(toX), y: lat.map(toY), radiusKm, extent, reach, shape, vague };
}

/**
 * @param {Record<string, Column>} columns
 * @param {number} scale
 * @returns {Shape[]}
 */
function readShapes(columns, scale) {
  const parts = readParts(columns.shape_x, columns.shape_y, columns.part_length, scale);
  /** @type {Shape[]} */
  const shapes = [];
  let next = 0;
  columns.shape_kind.forEach((kind, index) => {
    const own = parts.slice(next, next + columns.shape_parts[index]);
    next += own.length;
    shapes.push({ kind: SHAPE_KINDS[kind], parts: own, box: boxOf(own) });
  });
  return shapes;
}

/**
 * Rings or lines of quantised degrees, as x, y pairs in map units.
 * @param {Column} lons
 * @param {Column} lats
 * @param {Column} lengths
 * @param {number} scale
 * @returns {Float64Array[]}
 */
export function readParts(lons, lats, lengths, scale) {
  const parts = [];
  let next = 0;
  for (const length of lengths) {
    const part = new Float64Array(2 * length);
    for (let i = 0; i < length; i++, next++) {
      part[2 * i] = toX(lons[next] / scale);
      part[2 * i + 1] = toY(lats[next] / scale);
    }
    parts.push(part);
  }
  return parts;
}

/**
 * @param {Float64Array[]} parts
 * @returns {[number, number, number, number]}
 */
export function boxOf(parts) {
  /** @type {[number, number, number, number]} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 2) {
      box[0] = Math.min(box[0], part[i]);
      box[1] = Math.min(box[1], part[i + 1]);
      box[2] = Math.max(box[2], part[i]);
      box[3] = Math.max(box[3], part[i + 1]);
    }
  }
  return box;
}

/**
 * Rows at any of the places that pass the filters, in order of date.
 * @param {Incidents} incidents
 * @param {Iterable<number>} places
 * @param {Uint16Array} failures
 * @returns {number[]}
 */
export function rowsAt(incidents, places, failures) {
  const wanted = new Uint8Array(incidents.places.x.length);
  for (const place of places) wanted[place] = 1;
  wanted[0] = 0;
  const rows = [];
  const { place } = incidents.columns;
  for (let row = 0; row < failures.length; row++) {
    if (wanted[place[row]] && !failures[row]) rows.push(row);
  }
  return rows;
}

/**
 * A row's text in a column that has a table.
 * @param {Incidents} incidents
 * @param {string} column
 * @param {number} row
 * @param {string} [table] the table's name where it is not the column's
 */
export function textOf(incidents, column, row, table = column) {
  return incidents.tables[table][incidents.columns[column][row]] ?? '';
}
