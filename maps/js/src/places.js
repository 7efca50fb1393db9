// Where incidents lie: places in typed arrays, those that few need made when they are asked for.

import { toX, toY, widthOfKm } from './project.js';

/** @typedef {import('./decode.js').Column} Column */
/** @typedef {import('./incidents.js').Places} Places */
/** @typedef {import('./incidents.js').Shape} Shape */

/** Above so many places four bytes a coordinate must do: 1 m on the ground. */
const MOST_WIDE = 200_000;
/** Latitudes between which the map's y is worked out when there are very many: 1 km apart. */
const KNOTS_A_DEGREE = 100;

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
