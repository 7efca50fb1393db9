// Rows as CSV, as geo/flat.py writes tables: a point on the place, and WKT of all that is no point.

import { geometryOf } from './row_geometry.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./rings.js').Geometry} Geometry */

/** Without this mark Excel reads names in Arabic as Western letters; our readers leave it out. */
const BYTE_ORDER_MARK = '\uFEFF';
/**
 * How a cell of text may begin that a spreadsheet would run as a formula. A space before it stops
 * that, and our readers take space round a cell away, so that the table read back is the same.
 */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * How CSV is written.
 * @param {Incidents} incidents
 * @returns {import('./export.js').Writer}
 */
export function csvWriter(incidents) {
  const names = incidents.header.export.columns.map((/** @type {[string, string]} */ [name]) => name);
  const added = ['longitude', 'latitude', 'wkt'].map((name) => (names.includes(name) ? `${name}_located` : name));
  return {
    type: 'text/csv;charset=utf-8',
    suffix: '.csv',
    head: `${BYTE_ORDER_MARK}${[...names, ...added].map(toCell).join(',')}\n`,
    foot: '',
    write: (values, row) => `${[...values, ...placeCells(incidents, row)].map(toCell).join(',')}\n`,
  };
}

/**
 * A value as a cell: lists as JSON, what is unknown empty, text so that no spreadsheet runs it.
 * @param {any} value
 * @returns {string}
 */
export function toCell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return quote(isEmpty(value) ? '' : JSON.stringify(value));
  if (typeof value !== 'string') return String(value);
  const lines = value.replace(/\r\n?/g, '\n');
  return quote(FORMULA.test(value) ? ` ${lines}` : lines);
}

/** @param {object} value */
function isEmpty(value) {
  return Object.keys(value).length === 0;
}

/** @param {string} text */
function quote(text) {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {(number | string | null)[]}
 */
function placeCells(incidents, row) {
  const { columns, places } = incidents;
  const geometry = geometryOf(incidents, row);
  if (!geometry) return [null, null, null];
  if (geometry.type === 'Point') return [...geometry.coordinates, null];
  const place = columns.place[row];
  return [places.lon[place], places.lat[place], toWkt(geometry)];
}

/**
 * A geometry as well-known text.
 * @param {Geometry} geometry
 */
export function toWkt({ type, coordinates }) {
  return `${type.toUpperCase()} ${nest(coordinates)}`;
}

/**
 * @param {any} coordinates
 * @returns {string}
 */
function nest(coordinates) {
  const isList = typeof coordinates[0]?.[0] === 'number';
  const inner = isList
    ? coordinates.map((/** @type {number[]} */ position) => position.join(' '))
    : coordinates.map(nest);
  return `(${inner.join(', ')})`;
}
