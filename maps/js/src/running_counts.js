// Counts that follow the filters. A change touches only the rows that it lets in or shuts out, and
// each of these adds to or takes from the counts: nothing is counted anew. Those by place are made
// up for when they are asked for.

import { ROWS_BIT, countCodes, facetBit, passesOfCodes, tallies } from './filters.js';
import { makeTimeMarker } from './time_marker.js';
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
 *   table: is given the rows that were let in or shut out when `places` counts them
 * @property {(import('./time_sums.js').TimeWindow & { era: object }) | undefined} window the rows that
 *   pass the filter of time, where the last change was of that; another era after other changes
 * @property {Days | undefined} days none where the days lie too far apart to be counted singly
 * @property {{ shown: number, located: number, undated: number }} totals
 * @property {(what?: import('./filters.js').Changed) => void} apply after filters were set
 */

/**
 * Rows by the day on which they begin.
 * @typedef {object} Days
 * @property {number} first
 * @property {Uint32Array} all rows that pass every filter but the one of time
 */

/** Days that are counted singly: a thousand years of them. */
const MOST_DAYS = 366_000;
/** Cells of the table of places and types: 4 MB of memory. */
const MOST_CELLS = 2 ** 20;
/** @typedef {Pick<Incidents, 'columns' | 'dated' | 'start' | 'end'>} Rows */
/** @typedef {ReturnType<typeof makeTurns>} Turns */

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
  const tally = {
    facets, follow: undefined, window: undefined, days: countDays(rows), totals, apply: () => {},
    get places() {
      time.settle();
      return places;
    },
    get placeTypes() {
      if (placeTypes) time.settle();
      return placeTypes;
    },
  };
  const turns = makeTurns(tally, { places, placeTypes }, rows, sizes.types, filters, failures);
  const time = makeTimeMarker(tally, rows, filters, failures, turns);
  /** @type {Record<string, () => void>} */
  const others = {
    rows: makeRowsMarker(filters, failures.length, turns),
    ...Object.fromEntries(filters.facets.map((_, index) => [index, makeFacetMarker(filters, index, failures.length, turns)])),
  };
  tally.apply = (what) => {
    if (what !== 'time') time.forget();
    if (what === undefined) for (const mark of Object.values(others)) mark();
    else if (what !== 'time') others[what]?.();
    if (what === undefined || what === 'time') time.mark();
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
  return { first, all };
}

/**
 * @param {Filters} filters
 * @param {number} index
 * @param {number} count of rows
 * @param {Turns} turns
 */
function makeFacetMarker({ facets }, index, count, { turn }) {
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
 * @param {Turns} turns
 */
function makeRowsMarker(filters, count, { turn }) {
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
