// The filter of time as bits of the rows, and the counts that follow from them.

import { TIME_BIT } from './filters.js';
import { eachTurned, longRows, makeTimeSums, rowFrom, windowOf } from './time_sums.js';

/** @typedef {import('./running_counts.js').Rows} Rows */
/** @typedef {import('./running_counts.js').Tally} Tally */
/** @typedef {import('./running_counts.js').Turns} Turns */
/** @typedef {import('./filters.js').TimeRange} TimeRange */

/**
 * @typedef {object} TimeMarker
 * @property {() => void} mark after the range was set
 * @property {() => void} settle sets the counts by place right
 * @property {() => void} forget before another filter is marked
 */

/** Rows whose last day is known together, so that most of them need not be looked at. */
const BLOCK = 1024;

/** @type {TimeRange} */
const OPEN = { first: -Infinity, last: Infinity, undated: true };

/**
 * @param {Tally} tally
 * @param {Rows} rows
 * @param {import('./filters.js').Filters} filters
 * @param {Uint16Array} failures written to
 * @param {Turns} turns
 * @returns {TimeMarker}
 */
export function makeTimeMarker(tally, rows, filters, failures, turns) {
  const long = longRows(rows, failures.length);
  if (long) return markBySums(tally, rows, long, filters, failures, turns);
  return { mark: markByRows(rows, filters, failures.length, turns), settle: () => {}, forget: () => {} };
}

/**
 * A move of the range sets the rows' bits; the counts by facet are those of sums, and those by
 * place are made up for when they are asked for.
 * @param {Tally} tally
 * @param {Rows} rows
 * @param {number[]} long
 * @param {import('./filters.js').Filters} filters
 * @param {Uint16Array} failures
 * @param {Turns} turns
 * @returns {TimeMarker}
 */
function markBySums(tally, rows, long, { time, facets }, failures, { recount }) {
  const sizes = { dated: rows.dated, count: failures.length };
  let range = OPEN;
  let applied = windowOf(rows, long, OPEN);
  let counted = applied;
  /** @type {ReturnType<typeof makeTimeSums> | undefined} */
  let writeCounts;
  let era = {};
  const settle = () => {
    const was = counted;
    counted = applied;
    if (was !== applied) eachTurned(sizes, was, applied, recount);
  };
  return {
    settle,
    mark() {
      const { first, last, undated } = time;
      if (first === range.first && last === range.last && undated === range.undated) return;
      range = { first, last, undated };
      const now = windowOf(rows, long, range);
      eachTurned(sizes, applied, now, (from, to, isIn) => setBits(failures, from, to, isIn ? 0 : TIME_BIT));
      applied = now;
      writeCounts ??= makeTimeSums(tally, rows, facets, failures);
      writeCounts(now);
      tally.window = { ...now, era };
    },
    forget() {
      settle();
      writeCounts = tally.window = undefined;
      era = {};
    },
  };
}

/**
 * @param {Uint16Array} failures
 * @param {number} from
 * @param {number} to
 * @param {number} bit that of time, or 0
 */
function setBits(failures, from, to, bit) {
  for (let row = from; row < to; row++) failures[row] = (failures[row] & ~TIME_BIT) | bit;
}

/**
 * The rows are in order of their first day: those between an end's old and new day are looked at.
 * @param {Rows} rows
 * @param {import('./filters.js').Filters} filters
 * @param {number} count of rows
 * @param {Turns} turns
 */
function markByRows({ start, end, dated }, { time }, count, { turn }) {
  let applied = OPEN;
  /** @type {Int32Array | undefined} */
  let blockEnds;

  /** @type {import('./turns.js').Judge} */
  function judge(from, to, fails) {
    const { first, last } = time;
    for (let row = from; row < to; row++) fails[row - from] = start[row] > last || end[row] < first ? 1 : 0;
  }
  /** @param {number} from @param {number} to */
  const check = (from, to) => turn(from, to, TIME_BIT, judge);

  return () => {
    const { first, last, undated } = time;
    if (last !== applied.last) {
      const [least, most] = [Math.min(last, applied.last), Math.max(last, applied.last)];
      check(rowFrom(start, dated, least + 1), rowFrom(start, dated, most + 1));
    }
    if (first !== applied.first) {
      blockEnds ??= lastDays(end, dated);
      const least = Math.min(first, applied.first);
      const until = rowFrom(start, dated, Math.max(first, applied.first));
      for (let from = 0, block = 0; from < until; from += BLOCK, block++) {
        if (blockEnds[block] >= least) check(from, Math.min(from + BLOCK, until));
      }
    }
    if (undated !== applied.undated) turn(dated, count, TIME_BIT, (from, to, fails) => fails.fill(undated ? 0 : 1));
    applied = { first, last, undated };
  };
}

/**
 * The greatest last day in each block of rows.
 * @param {Int32Array} end
 * @param {number} dated
 */
function lastDays(end, dated) {
  const days = new Int32Array(Math.ceil(dated / BLOCK)).fill(-(2 ** 31));
  for (let row = 0; row < dated; row++) {
    const block = Math.floor(row / BLOCK);
    if (end[row] > days[block]) days[block] = end[row];
  }
  return days;
}
