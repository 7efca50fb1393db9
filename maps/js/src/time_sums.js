// The counts of a large table for any range of days, out of sums along its rows: a move of the
// range touches the rows' bits and nothing else of them.

import { TIME_BIT, facetBit } from './filters.js';
import { sumAlong } from './sums_along.js';

/** @typedef {import('./filters.js').TimeRange} TimeRange */
/** @typedef {import('./running_counts.js').Rows} Rows */

/**
 * The rows that pass the filter of time: those from `low` to before `high`, some before them that
 * reach into the range, and all without a date, or none of these.
 * @typedef {{ low: number, high: number, apart: number[], undated: boolean }} TimeWindow
 */

/** In fewer rows each is counted as fast. */
const LEAST_ROWS = 20_000;
/** Of rows that last longer than a day each is looked at: not more than one in so many. */
const FEWEST_SHORT = 32;

/**
 * Rows of more than one day; undefined where they, or all rows, are too many or too few for sums.
 * @param {Rows} rows
 * @param {number} count
 */
export function longRows({ start, end, dated }, count) {
  if (count < LEAST_ROWS) return undefined;
  const found = [];
  for (let row = 0; row < dated; row++) {
    if (end[row] > start[row] && found.push(row) > count / FEWEST_SHORT) return undefined;
  }
  return found;
}

/**
 * @param {Rows} rows
 * @param {number[]} long
 * @param {TimeRange} range
 * @returns {TimeWindow}
 */
export function windowOf({ start, end, dated }, long, { first, last, undated }) {
  const low = rowFrom(start, dated, first);
  const apart = long.filter((row) => row < low && end[row] >= first && start[row] <= last);
  return { low, high: Math.max(low, rowFrom(start, dated, last + 1)), apart, undated };
}

/**
 * Goes through the rows that are in one of two windows only: in the first, then in the second. A
 * row may leave and come again.
 * @param {{ dated: number, count: number }} rows
 * @param {TimeWindow} was
 * @param {TimeWindow} now
 * @param {(from: number, to: number, isIn: boolean) => void} visit
 */
export function eachTurned({ dated, count }, was, now, visit) {
  for (const row of was.apart) visit(row, row + 1, false);
  visit(was.low, Math.min(was.high, now.low), false);
  visit(Math.max(was.low, now.high), was.high, false);
  visit(now.low, Math.min(now.high, was.low), true);
  visit(Math.max(now.low, was.high), now.high, true);
  for (const row of now.apart) visit(row, row + 1, true);
  if (was.undated !== now.undated) visit(dated, count, now.undated);
}

/**
 * A function that sets a tally's totals and its counts by facet right for a window. It holds as
 * long as no other filter is changed.
 * @param {import('./running_counts.js').Tally} tally
 * @param {Rows} rows
 * @param {import('./filters.js').Facet[]} facets
 * @param {Uint16Array} failures
 * @returns {(window: TimeWindow) => void}
 */
export function makeTimeSums(tally, rows, facets, failures) {
  const { place } = rows.columns;
  const parts = facets.map(({ codes }, index) => ({ codes, others: ~(TIME_BIT | facetBit(index)), counts: tally.facets[index] }));
  /** @type {import('./sums_along.js').Add} */
  const add = (sums, from, to, sign) => {
    addShown(sums, place, failures, from, to, sign);
    let offset = 2;
    for (const { codes, others, counts } of parts) {
      addCodes(sums, offset, codes, failures, others, from, to, sign);
      offset += counts.length;
    }
  };
  const size = parts.reduce((sum, { counts }) => sum + counts.length, 2);
  const write = sumWindows(rows.dated, failures.length, size, add);
  const sums = new Float64Array(size);
  const undated = new Float64Array(2);
  addShown(undated, place, failures, rows.dated, failures.length, 1);
  return (window) => {
    write(sums, window);
    tally.totals.shown = sums[0];
    tally.totals.located = sums[1];
    tally.totals.undated = window.undated ? undated[0] : 0;
    let offset = 2;
    for (const { counts } of parts) {
      counts.set(sums.subarray(offset, offset + counts.length));
      offset += counts.length;
    }
  };
}

/**
 * A function that writes the sums of the rows of a window.
 * @param {number} dated
 * @param {number} count
 * @param {number} size
 * @param {import('./sums_along.js').Add} add
 * @returns {(sums: Float64Array, window: TimeWindow) => void}
 */
export function sumWindows(dated, count, size, add) {
  const along = sumAlong(dated, size, add);
  const undated = new Float64Array(size);
  add(undated, dated, count, 1);
  return (sums, window) => {
    along(sums, window.low, window.high);
    for (const row of window.apart) add(sums, row, row + 1, 1);
    if (window.undated) for (let index = 0; index < size; index++) sums[index] += undated[index];
  };
}

/**
 * @param {Float64Array} sums
 * @param {import('./decode.js').Column} place
 * @param {Uint16Array} failures
 * @param {number} from
 * @param {number} to
 * @param {number} sign
 */
function addShown(sums, place, failures, from, to, sign) {
  let [shown, located] = [0, 0];
  for (let row = from; row < to; row++) {
    if (failures[row] & ~TIME_BIT) continue;
    shown++;
    if (place[row]) located++;
  }
  sums[0] += sign * shown;
  sums[1] += sign * located;
}

/**
 * @param {Float64Array} sums
 * @param {number} offset of the facet's first code
 * @param {import('./decode.js').Column} codes
 * @param {Uint16Array} failures
 * @param {number} others bits of the filters but that of time and the facet's own
 * @param {number} from
 * @param {number} to
 * @param {number} sign
 */
function addCodes(sums, offset, codes, failures, others, from, to, sign) {
  for (let row = from; row < to; row++) {
    if (!(failures[row] & others)) sums[offset + codes[row]] += sign;
  }
}

/**
 * The first row that begins on a day or later.
 * @param {Int32Array} start sorted
 * @param {number} dated
 * @param {number} day
 */
export function rowFrom(start, dated, day) {
  let low = 0;
  let high = dated;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
