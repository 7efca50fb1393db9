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
 * Where incidents lie: row 0 of every array stands for "no place". The arrays of degrees and
 * kilometres are made when they are first asked for: a page of a million places needs few of them.
 * @typedef {object} Places
 * @property {number} count how many, "no place" among them
 * @property {Float64Array} lon
 * @property {Float64Array} lat
 * @property {Float64Array | Float32Array} x 0 to 1; narrow where the places are very many
 * @property {Float64Array | Float32Array} y
 * @property {Float64Array} radiusKm
 * @property {Float64Array} extent how wide the place is, in widths of the world
 * @property {Column} shape index of the place's shape and one, 0 for none
 * @property {Column} vague 1 where the place is an area, however it is stored; 2 a country
 * @property {Uint8Array | undefined} wide 1 where what is drawn of a place may lie off its mark;
 *   none where nothing does
 * @property {(place: number) => { lon: number, lat: number, radiusKm: number }} at
 * @property {(place: number) => number} extentOf `extent` of one place
 * @property {(place: number) => number} reachOf how far its area, line or points lie off its mark
 *   at most, in widths of the world
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

/** Above so many places four bytes a coordinate must do: 1 m on the ground. */
const MOST_WIDE = 200_000;
/** Latitudes between which the map's y is worked out when there are very many: 1 km apart. */
const KNOTS_A_DEGREE = 100;

/** Columns that nobody asks for after the incidents were made from them. */
const READ_ONCE = ['start', 'days'];

/**
 * The incidents that a payload holds.
 * @param {import('./decode.js').Payload} payload
 * @returns {Incidents}
 */
export function readIncidents({ header, columns }) {
  const begin = columns.start;
  const start = begin instanceof Int32Array ? begin : Int32Array.from(begin);
  const shapes = readShapes(columns, header.shape_scale);
  const places = readPlaces(columns, header.scale, shapes);
  const end = lastDays(start, columns.days);
  // What is held in another form from now on; the others are read when they are first asked for.
  for (const name of READ_ONCE) delete columns[name];
  const { count, dated, tables } = header;
  return { header, count, dated, columns, tables, start, end, places, shapes };
}

/**
 * The last day of each row; the first itself where no row has more than one.
 * @param {Int32Array} start
 * @param {Column} days
 */
function lastDays(start, days) {
  if (!days.some(Boolean)) return start;
  const end = new Int32Array(start.length);
  for (let row = 0; row < end.length; row++) end[row] = start[row] + days[row];
  return end;
}

/**
 * @param {Record<string, Column>} columns
 * @param {number} scale
 * @param {Shape[]} shapes
 * @returns {Places}
 */
export function readPlaces(columns, scale, shapes) {
  const { place_lon: lons, place_lat: lats, place_radius: radius, place_shape: shape, place_vague: vague } = columns;
  const count = lons.length;
  /** @param {number} place */
  const at = (place) => ({ lon: lons[place] / scale, lat: lats[place] / scale, radiusKm: radius[place] / 10 });
  /** @param {number} place */
  const extentOf = (place) => {
    const own = shapes[shape[place] - 1];
    if (own?.kind === 'area') return Math.max(own.box[2] - own.box[0], own.box[3] - own.box[1]);
    return (radius[place] / 5) * widthOfKm(lats[place] / scale);
  };
  /** @param {number} place */
  const reachOf = (place) => {
    const box = shapes[shape[place] - 1]?.box;
    return Math.max(vague[place] ? extentOf(place) : 0, box ? Math.max(box[2] - box[0], box[3] - box[1]) : 0);
  };
  const [x, y] = projectAll(lons, lats, scale);
  const places = { count, x, y, shape, vague, wide: findWide(shape, vague), at, extentOf, reachOf };
  return /** @type {any} */ (
    makeLazily(places, count, {
      lon: (place) => lons[place] / scale,
      lat: (place) => lats[place] / scale,
      radiusKm: (place) => radius[place] / 10,
      extent: extentOf,
    })
  );
}

/**
 * Adds arrays that are filled when they are first asked for.
 * @param {object} object
 * @param {number} count
 * @param {Record<string, (index: number) => number>} values
 */
function makeLazily(object, count, values) {
  for (const [name, value] of Object.entries(values)) {
    const get = () => {
      const array = new Float64Array(count);
      for (let index = 0; index < count; index++) array[index] = value(index);
      Object.defineProperty(object, name, { value: array, enumerable: true });
      return array;
    };
    Object.defineProperty(object, name, { get, configurable: true, enumerable: true });
  }
  return object;
}

/**
 * @param {Column} shape
 * @param {Column} vague
 */
function findWide(shape, vague) {
  /** @type {Uint8Array | undefined} */
  let wide;
  for (let place = 0; place < shape.length; place++) {
    if (!shape[place] && !vague[place]) continue;
    wide ??= new Uint8Array(shape.length);
    wide[place] = 1;
  }
  return wide;
}

/**
 * x and y on the map of all places. A logarithm for each of a million would take long: between the
 * latitudes of a table it is a straight line, off by less than 0.1 m up to 60 degrees and by 0.3 m
 * at the edge of the map; what four bytes cannot hold is more, 1.2 m.
 * @param {Column} lons
 * @param {Column} lats
 * @param {number} scale
 * @returns {(Float64Array | Float32Array)[]}
 */
export function projectAll(lons, lats, scale) {
  const count = lons.length;
  if (count <= MOST_WIDE) {
    const exact = [new Float64Array(count), new Float64Array(count)];
    for (let place = 0; place < count; place++) {
      exact[0][place] = toX(lons[place] / scale);
      exact[1][place] = toY(lats[place] / scale);
    }
    return exact;
  }
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  const knots = Float64Array.from({ length: 180 * KNOTS_A_DEGREE + 2 }, (_, knot) => toY(knot / KNOTS_A_DEGREE - 90));
  for (let place = 0; place < count; place++) {
    x[place] = (lons[place] / scale + 180) / 360;
    const at = (lats[place] / scale + 90) * KNOTS_A_DEGREE;
    const knot = at | 0;
    y[place] = knots[knot] + (knots[knot + 1] - knots[knot]) * (at - knot);
  }
  return [x, y];
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
  const { from, rows } = indexPlaces(incidents);
  /** @type {number[]} */
  const found = [];
  let lists = 0;
  for (const place of new Set(places)) {
    if (!place) continue;
    lists++;
    for (let next = from[place]; next < from[place + 1]; next++) if (!failures[rows[next]]) found.push(rows[next]);
  }
  return lists > 1 ? found.sort((a, b) => a - b) : found;
}

/** @typedef {{ from: Uint32Array, rows: Uint32Array }} Index rows by place, and where each begins */

/** @type {WeakMap<Incidents, Index>} */
const indices = new WeakMap();

/**
 * The rows of each place: made once, when they are first asked for.
 * @param {Incidents} incidents
 * @returns {Index}
 */
function indexPlaces(incidents) {
  const known = indices.get(incidents);
  if (known) return known;
  const { place } = incidents.columns;
  const from = new Uint32Array(incidents.places.x.length + 1);
  for (let row = 0; row < place.length; row++) from[place[row] + 1]++;
  for (let next = 1; next < from.length; next++) from[next] += from[next - 1];
  const rows = new Uint32Array(place.length);
  const ends = from.slice();
  for (let row = 0; row < place.length; row++) rows[ends[place[row]]++] = row;
  const index = { from, rows };
  indices.set(incidents, index);
  return index;
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
