// Counts that follow the filters. A change touches only the rows that it lets in or shuts out, and
// each of these adds to or takes from the counts: nothing is counted anew.

import { ROWS_BIT, TIME_BIT, countCodes, facetBit, passesOfCodes, tallies } from './filters.js';

/** @typedef {import('./filters.js').Filters} Filters */
/** @typedef {import('./incidents.js').Incidents} Incidents */

/**
 * @typedef {object} Tally
 * @property {Uint32Array[]} facets rows of each code of a facet that pass all other filters
 * @property {Uint32Array} places rows shown at each place, 0 for those without one
 * @property {Uint32Array | undefined} placeTypes the same by place and event type, a row a place;
 *   none where the table would be large
 * @property {Log | undefined} log where there is no such table
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

/**
 * The rows that were let in or shut out since somebody set `count` to 0: four times the row, and 2
 * where it was let in, and 1 where its place had no row before or has none now. Beyond the array's
 * end only `count` goes on.
 * @typedef {{ entries: Uint32Array, count: number }} Log
 */

/** Changes that are remembered: what a move of a slider brings, and less than a megabyte. */
const MOST_LOGGED = 200_000;
/** Days that are counted singly: a thousand years of them. */
const MOST_DAYS = 366_000;
/** Cells of the table of places and types: 4 MB of memory. */
const MOST_CELLS = 2 ** 20;
/** Rows whose last day is known together, so that most of them need not be looked at. */
const BLOCK = 1024;

/** @typedef {Pick<Incidents, 'columns' | 'dated' | 'start' | 'end'>} Rows */

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
  const log = placeTypes ? undefined : { entries: new Uint32Array(MOST_LOGGED), count: 0 };
  /** @type {Tally} */
  const tally = { facets, places, placeTypes, log, days: countDays(rows), totals, apply: () => {} };
  const flip = makeFlip(tally, rows, sizes.types, filters, failures);
  const marks = [
    ...filters.facets.map((_, index) => makeFacetMarker(filters, index, failures, flip)),
    makeTimeMarker(rows, filters, failures, flip),
    makeRowsMarker(filters, failures, flip),
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
 * A way to let a row in or shut it out by one filter's bit, with all that this changes.
 * @param {Tally} tally
 * @param {Rows} rows
 * @param {number} types
 * @param {Filters} filters
 * @param {Uint16Array} failures
 * @returns {(row: number, bit: number) => void}
 */
function makeFlip({ facets, places, placeTypes, log, days, totals }, rows, types, filters, failures) {
  const { start, dated } = rows;
  const { place, type } = rows.columns;
  const codes = filters.facets.map((facet) => facet.codes);
  const none = new Uint32Array(0);
  const { all = none, shown = none, first = 0 } = days ?? {};

  /** @param {number} row @param {number} bit @param {number} sign */
  function turn(row, bit, sign) {
    totals.shown += sign;
    const at = place[row];
    if (at) totals.located += sign;
    places[at] += sign;
    if (log) log.entries[log.count++] = 4 * row + (sign > 0 ? 2 : 0) + (places[at] === (sign > 0 ? 1 : 0) ? 1 : 0);
    if (placeTypes) placeTypes[at * types + type[row]] += sign;
    if (row >= dated) totals.undated += sign;
    else if (days) {
      shown[start[row] - first] += sign;
      if (bit !== TIME_BIT) all[start[row] - first] += sign;
    }
    for (let index = 0; index < codes.length; index++) {
      if (bit !== 4 << index) facets[index][codes[index][row]] += sign;
    }
  }

  return (row, bit) => {
    const before = failures[row];
    failures[row] = before ^ bit;
    const sign = before & bit ? 1 : -1;
    const rest = before & ~bit;
    if (!rest) turn(row, bit, sign);
    // A row that fails one other filter is counted by that filter alone.
    else if (rest & (rest - 1)) return;
    else if (rest >= 4) {
      const index = 29 - Math.clz32(rest);
      facets[index][codes[index][row]] += sign;
    } else if (rest === TIME_BIT && days && row < dated) all[start[row] - first] += sign;
  };
}

/**
 * @param {Filters} filters
 * @param {number} index
 * @param {Uint16Array} failures
 * @param {(row: number, bit: number) => void} flip
 */
function makeFacetMarker({ facets }, index, failures, flip) {
  const facet = facets[index];
  const { codes } = facet;
  const bit = facetBit(index);
  let applied = new Uint8Array((facet.sets ?? facet.passes).length).fill(1);
  return () => {
    const passes = passesOfCodes(facet);
    if (passes.every((pass, code) => pass === applied[code])) return;
    for (let row = 0; row < failures.length; row++) {
      if (passes[codes[row]] === applied[codes[row]]) continue;
      flip(row, bit);
    }
    applied = passes.slice();
  };
}

/**
 * @param {Filters} filters
 * @param {Uint16Array} failures
 * @param {(row: number, bit: number) => void} flip
 */
function makeRowsMarker(filters, failures, flip) {
  let open = true;
  return () => {
    const { rows } = filters;
    if (open && !rows) return;
    for (let row = 0; row < failures.length; row++) {
      const fails = rows && !rows[row] ? ROWS_BIT : 0;
      if ((failures[row] & ROWS_BIT) !== fails) flip(row, ROWS_BIT);
    }
    open = !rows;
  };
}

/**
 * The rows are in order of their first day: those between an end's old and new day are looked at.
 * @param {Rows} rows
 * @param {Filters} filters
 * @param {Uint16Array} failures
 * @param {(row: number, bit: number) => void} flip
 */
function makeTimeMarker({ start, end, dated }, { time }, failures, flip) {
  let applied = { first: -Infinity, last: Infinity, undated: true };
  /** @type {Int32Array | undefined} */
  let blockEnds;

  /** @param {number} from @param {number} to */
  function check(from, to) {
    const { first, last } = time;
    for (let row = from; row < to; row++) {
      const fails = start[row] > last || end[row] < first ? TIME_BIT : 0;
      if ((failures[row] & TIME_BIT) !== fails) flip(row, TIME_BIT);
    }
  }

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
    if (undated !== applied.undated) {
      for (let row = dated; row < failures.length; row++) flip(row, TIME_BIT);
    }
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
