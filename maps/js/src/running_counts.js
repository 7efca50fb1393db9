// Counts that follow the filters. A change touches only the rows that it lets in or shuts out, and
// each of these adds to or takes from the counts: nothing is counted anew.

import { ROWS_BIT, TIME_BIT, countCodes, facetBit, passesOfCodes, tallies } from './filters.js';
import { makeTurns } from './turns.js';

/** @typedef {import('./filters.js').Filters} Filters */
/** @typedef {import('./incidents.js').Incidents} Incidents */

/**
 * @typedef {object} Tally
 * @property {Uint32Array[]} facets rows of each code of a facet that pass all other filters
 * @property {Uint32Array} places rows shown at each place, 0 for those without one
 * @property {Uint32Array | undefined} placeTypes the same by place and event type, a row a place;
 *   none where the table would be large
 * @property {((turned: Uint32Array) => void) | undefined} follow may be set where there is no such
 *   table: is given the rows that were let in or shut out, and not later than `apply` ends
 * @property {Days | undefined} days none where the days lie too far apart to be counted singly
 * @property {{ shown: number, located: number, undated: number }} totals
 * @property {(what?: import('./filters.js').Changed) => void} apply after filters were set
 */

/**
 * Rows by the day on which they begin.
 * @typedef {object} Days
 * @property {number} first
 * @property {Uint32Array} all rows that pass every filter but the one of time
 * @property {Uint32Array} shown
 */

/** Days that are counted singly: a thousand years of them. */
const MOST_DAYS = 366_000;
/** Cells of the table of places and types: 4 MB of memory. */
const MOST_CELLS = 2 ** 20;
/** Rows whose last day is known together, so that most of them need not be looked at. */
const BLOCK = 1024;

/** @typedef {Pick<Incidents, 'columns' | 'dated' | 'start' | 'end'>} Rows */
/** @typedef {ReturnType<typeof makeTurns>} Turn */

/**
 * The counts of rows that pass every filter so far, ready to follow the filters.
 * @param {Rows} rows
 * @param {{ places: number, types: number }} sizes how many places and event types there are
 * @param {Filters} filters
 * @param {Uint16Array} failures written to; 0 throughout
 * @returns {Tally}
 */
export function makeTally(rows, sizes, filters, failures) {
  const { place, type } = rows.columns;
  // A table larger than the rows would take longer to sum up than they do.
  const cells = sizes.places * sizes.types;
  const placeTypes = cells <= Math.min(MOST_CELLS, failures.length) ? new Uint32Array(cells) : undefined;
  const places = new Uint32Array(sizes.places);
  for (let row = 0; row < failures.length; row++) places[place[row]]++;
  if (placeTypes) for (let row = 0; row < failures.length; row++) placeTypes[place[row] * sizes.types + type[row]]++;
  const facets = filters.facets.map((facet, index) => countCodes(facet, index, failures));
  const { dated } = rows;
  const totals = { shown: failures.length, located: failures.length - (places[0] ?? 0), undated: failures.length - dated };
  /** @type {Tally} */
  const tally = { facets, places, placeTypes, follow: undefined, days: countDays(rows), totals, apply: () => {} };
  const turn = makeTurns(tally, rows, sizes.types, filters, failures);
  const marks = [
    ...filters.facets.map((_, index) => makeFacetMarker(filters, index, failures.length, turn)),
    makeTimeMarker(rows, filters, failures.length, turn),
    makeRowsMarker(filters, failures.length, turn),
  ];
  const time = filters.facets.length;
  tally.apply = (what) => {
    if (what === undefined) for (const mark of marks) mark();
    else marks[what === 'time' ? time : what === 'rows' ? time + 1 : what]?.();
  };
  tallies.set(failures, tally);
  return tally;
}

/**
 * @param {Rows} rows
 * @returns {Days | undefined}
 */
function countDays({ start, dated }) {
  if (!dated) return undefined;
  const first = start[0];
  const span = start[dated - 1] - first + 1;
  if (span > MOST_DAYS) return undefined;
  const all = new Uint32Array(span);
  for (let row = 0; row < dated; row++) all[start[row] - first]++;
  return { first, all, shown: all.slice() };
}

/**
 * @param {Filters} filters
 * @param {number} index
 * @param {number} count of rows
 * @param {Turn} turn
 */
function makeFacetMarker({ facets }, index, count, turn) {
  const facet = facets[index];
  const { codes } = facet;
  let applied = new Uint8Array((facet.sets ?? facet.passes).length).fill(1);
  return () => {
    const passes = passesOfCodes(facet);
    if (passes.every((pass, code) => pass === applied[code])) return;
    turn(0, count, facetBit(index), (from, to, fails) => {
      for (let row = from; row < to; row++) fails[row - from] = 1 - passes[codes[row]];
    });
    applied = passes.slice();
  };
}

/**
 * @param {Filters} filters
 * @param {number} count of rows
 * @param {Turn} turn
 */
function makeRowsMarker(filters, count, turn) {
  let open = true;
  return () => {
    const { rows } = filters;
    if (open && !rows) return;
    turn(0, count, ROWS_BIT, (from, to, fails) => {
      for (let row = from; row < to; row++) fails[row - from] = rows && !rows[row] ? 1 : 0;
    });
    open = !rows;
  };
}

/**
 * The rows are in order of their first day: those between an end's old and new day are looked at.
 * @param {Rows} rows
 * @param {Filters} filters
 * @param {number} count of rows
 * @param {Turn} turn
 */
function makeTimeMarker({ start, end, dated }, { time }, count, turn) {
  let applied = { first: -Infinity, last: Infinity, undated: true };
  /** @type {Int32Array | undefined} */
  let blockEnds;

  /** @type {import('./turns.js').Judge} */
  function judge(from, to, fails) {
    const [first, last] = [asDay(time.first), asDay(time.last)];
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
 * An end of the range as a day of 32 bits, as the columns have them: an open end is beyond them all.
 * @param {number} day
 */
function asDay(day) {
  return Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, day));
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

/**
 * The first row that begins on a day or later.
 * @param {Int32Array} start sorted
 * @param {number} dated
 * @param {number} day
 */
function rowFrom(start, dated, day) {
  let low = 0;
  let high = dated;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
