// The geometry of a row in degrees, out of what the page draws, and what it has lost for that.

import { boxOf, toGeometry, wrapLon } from './rings.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./rings.js').Position} Position */
/** @typedef {import('./rings.js').Geometry} Geometry */

/** As DETAIL_SHARE in maps/shapes.py: of a shape's width, the detail that the page leaves out. */
const DETAIL_SHARE = 1 / 3000;
const METRES_A_DEGREE = 111_200;

/**
 * Where a row's incident happened; null where that is not known.
 * @param {Pick<Incidents, 'columns' | 'places' | 'header'>} incidents
 * @param {number} row
 * @returns {Geometry | null}
 */
export function geometryOf(incidents, row) {
  const { columns, places } = incidents;
  const place = columns.place[row];
  if (!place) return null;
  const shape = places.shape[place];
  if (shape) return lookupShape(incidents, shape - 1).geometry;
  return { type: 'Point', coordinates: [wrapLon(places.lon[place]), places.lat[place]] };
}

/**
 * What a row's shape has lost for being drawn, for the row's notes; '' where it has no shape.
 * @param {Pick<Incidents, 'columns' | 'places' | 'header'>} incidents
 * @param {number} row
 */
export function noteOf(incidents, row) {
  const shape = incidents.places.shape[incidents.columns.place[row]];
  return shape ? lookupShape(incidents, shape - 1).note : '';
}

/** Shapes by the columns they come from: many rows share one, and cutting it takes time. */
/** @type {WeakMap<object, Map<number, { geometry: Geometry, note: string }>>} */
const known = new WeakMap();

/**
 * @param {Pick<Incidents, 'columns' | 'header'>} incidents
 * @param {number} shape
 */
function lookupShape(incidents, shape) {
  const { columns, header } = incidents;
  const shapes = known.get(columns) ?? new Map();
  known.set(columns, shapes);
  if (!shapes.has(shape)) {
    const kind = columns.shape_kind[shape];
    const parts = partsOf(incidents, shape);
    shapes.set(shape, { geometry: toGeometry(kind, parts), note: describeLoss(kind, parts, header.shape_scale) });
  }
  return shapes.get(shape);
}

/**
 * @param {number} kind
 * @param {Position[][]} parts
 * @param {number} scale of the whole numbers that the page holds of a degree
 */
function describeLoss(kind, parts, scale) {
  const [west, south, east, north] = boxOf(parts.flat());
  const share = kind === 2 ? 0 : DETAIL_SHARE * Math.max(east - west, north - south);
  const metres = Math.max(1 / scale, share) * METRES_A_DEGREE;
  return `geometry simplified to about ${Number(metres.toPrecision(1))} m for display`;
}

/** Where each shape's numbers begin, by the incidents they belong to. */
/** @type {WeakMap<object, { firstPart: number[], firstPoint: number[] }>} */
const starts = new WeakMap();

/**
 * The rings, lines or points of a shape in degrees.
 * @param {Pick<Incidents, 'columns' | 'header'>} incidents
 * @param {number} shape
 * @returns {Position[][]}
 */
function partsOf(incidents, shape) {
  const { columns, header } = incidents;
  const found = starts.get(columns) ?? {
    firstPart: runningSums(columns.shape_parts),
    firstPoint: runningSums(columns.part_length),
  };
  starts.set(columns, found);
  const { firstPart, firstPoint } = found;
  /** @type {Position[][]} */
  const parts = [];
  for (let part = firstPart[shape]; part < firstPart[shape + 1]; part++) {
    /** @type {Position[]} */
    const points = [];
    for (let i = firstPoint[part]; i < firstPoint[part + 1]; i++) {
      points.push([columns.shape_x[i] / header.shape_scale, columns.shape_y[i] / header.shape_scale]);
    }
    parts.push(points);
  }
  return parts;
}

/** @param {ArrayLike<number>} lengths */
function runningSums(lengths) {
  const sums = [0];
  for (let i = 0; i < lengths.length; i++) sums.push(sums[i] + lengths[i]);
  return sums;
}
