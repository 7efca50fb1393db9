// The sums of a grid's cells for any window of time, out of sums along the rows.

import { wrapPixel } from './clusters.js';
import { TIME_BIT } from './filters.js';
import { sumWindows } from './time_sums.js';

/** @typedef {import('./gather.js').Points} Points */
/** @typedef {import('./grid.js').Grid} Grid */

/** Sums of a cell: rows, pixels across and down, vague rows, places' numbers and marks; then types. */
const [COUNT, ACROSS, DOWN, VAGUE, NUMBERS, MARKS, TYPES] = [0, 1, 2, 3, 4, 5, 6];

/**
 * A function that writes the sums of a window of time into a grid and gives how many rows they are
 * of. It holds as long as no other filter is changed.
 * @param {Points} points
 * @param {Grid} grid with the cell of each place
 * @returns {(window: import('./time_sums.js').TimeWindow) => number}
 */
export function makeGridSums(points, grid) {
  const cells = grid.count.length;
  const width = TYPES + points.types;
  const byType = grid.byType ?? new Uint32Array(cells * points.types);
  const sums = new Float64Array(cells * width);
  const write = sumWindows(points.dated, points.failures.length, sums.length, makeAdd(points, grid, width));
  return (window) => {
    write(sums, window);
    let rows = 0;
    for (let cell = 1; cell < cells; cell++) {
      const at = cell * width;
      const count = sums[at + COUNT];
      rows += count;
      grid.count[cell] = count;
      grid.x[cell] = sums[at + ACROSS];
      grid.y[cell] = sums[at + DOWN];
      grid.vague[cell] = sums[at + VAGUE];
      // The rows of a cell are all at one place where its number and its mark are those of the mean.
      const place = count ? sums[at + NUMBERS] / count : 0;
      const isOne = Number.isInteger(place) && sums[at + MARKS] === count * markOf(place);
      grid.size[cell] = count ? (isOne ? 1 : 2) : 0;
      grid.sum[cell] = isOne ? place : 0;
      for (let type = 0; type < points.types; type++) byType[cell * points.types + type] = sums[at + TYPES + type];
    }
    return rows;
  };
}

/**
 * A number of 24 bits that is another for nearly every place: sums of two places' numbers may be a
 * third's twice over, and those of their marks are not.
 * @param {number} place
 */
function markOf(place) {
  let mark = Math.imul(place ^ (place >>> 15), 0x2c1b3c6d);
  mark = Math.imul(mark ^ (mark >>> 12), 0x297a2d39);
  return (mark ^ (mark >>> 15)) >>> 8;
}

/**
 * @param {Points} points
 * @param {Grid} grid
 * @param {number} width
 * @returns {import('./sums_along.js').Add}
 */
function makeAdd({ places: { x, y, vague }, place, type, failures }, { slots, view }, width) {
  const { scale, left, top, width: wide } = view;
  const [least, most] = [wide / 2 - scale / 2, wide / 2 + scale / 2];
  return (sums, from, to, sign) => {
    for (let row = from; row < to; row++) {
      if (failures[row] & ~TIME_BIT) continue;
      const own = place[row];
      if (!slots[own]) continue;
      const at = slots[own] * width;
      let right = x[own] * scale - left;
      if (right > most || right < least) right = wrapPixel(x[own], view);
      sums[at + COUNT] += sign;
      sums[at + ACROSS] += sign * right;
      sums[at + DOWN] += sign * (y[own] * scale - top);
      if (vague[own]) sums[at + VAGUE] += sign;
      sums[at + NUMBERS] += sign * own;
      sums[at + MARKS] += sign * markOf(own);
      sums[at + TYPES + type[row]] += sign;
    }
  };
}
