// Filters as masks over columns: one pass marks, for each row, which filters it fails.

/** @typedef {import('./decode.js').Column} Column */

/**
 * A filter over a column of codes: which entries pass. Where the rows hold several entries each,
 * `sets` says which entries a code stands for, and one that passes is enough.
 * @typedef {object} Facet
 * @property {string} column
 * @property {Column} codes one a row
 * @property {number[][] | undefined} sets the entries of each code; none where a code is an entry
 * @property {Uint8Array} passes 1 or 0 an entry
 */

/**
 * A filter over days. A row passes where its span of days touches the range.
 * @typedef {object} TimeRange
 * @property {number} first
 * @property {number} last
 * @property {boolean} undated whether rows without a date pass
 */

/**
 * What the filters are set to.
 * @typedef {object} Filters
 * @property {Facet[]} facets at most thirteen
 * @property {TimeRange} time
 * @property {Uint8Array | undefined} rows 1 a row that passes: what a search found; none, all pass
 */

/** Which filter has changed: time, the rows of a search, or a facet by its number. */
/** @typedef {'time' | 'rows' | number} Changed */

/** The bit of a row that fails the filter of time, then that of a search; facets lie above. */
export const TIME_BIT = 1;
export const ROWS_BIT = 2;

/**
 * The bit of a row that fails a facet.
 * @param {number} index
 */
export function facetBit(index) {
  return 4 << index;
}

/**
 * Marks every row with the filters it fails; 0 passes all.
 * @param {Filters} filters
 * @param {{ start: Int32Array, end: Int32Array, dated: number }} days
 * @param {Uint16Array} failures written to
 * @param {Changed} [what] the only filter that has changed since the last time
 */
export function applyFilters(filters, days, failures, what) {
  if (what === undefined || what === 'time') markTime(filters.time, days, failures);
  if (what === undefined || what === 'rows') markRows(filters.rows, failures);
  filters.facets.forEach((facet, index) => {
    if (what === undefined || what === index) markFacet(facet, facetBit(index), failures);
  });
}

/**
 * @param {TimeRange} time
 * @param {{ start: Int32Array, end: Int32Array, dated: number }} days
 * @param {Uint16Array} failures
 */
function markTime(time, { start, end, dated }, failures) {
  const { first, last, undated } = time;
  for (let row = 0; row < dated; row++) {
    if (start[row] <= last && end[row] >= first) failures[row] &= ~TIME_BIT;
    else failures[row] |= TIME_BIT;
  }
  for (let row = dated; row < failures.length; row++) {
    if (undated) failures[row] &= ~TIME_BIT;
    else failures[row] |= TIME_BIT;
  }
}

/**
 * @param {Uint8Array | undefined} rows
 * @param {Uint16Array} failures
 */
function markRows(rows, failures) {
  for (let row = 0; row < failures.length; row++) {
    if (!rows || rows[row]) failures[row] &= ~ROWS_BIT;
    else failures[row] |= ROWS_BIT;
  }
}

/**
 * @param {Facet} facet
 * @param {number} bit
 * @param {Uint16Array} failures
 */
function markFacet(facet, bit, failures) {
  const { codes } = facet;
  const passes = passesOfCodes(facet);
  for (let row = 0; row < failures.length; row++) {
    if (passes[codes[row]]) failures[row] &= ~bit;
    else failures[row] |= bit;
  }
}

/**
 * Which codes of a facet pass.
 * @param {Facet} facet
 * @returns {Uint8Array}
 */
export function passesOfCodes({ sets, passes }) {
  if (!sets) return passes;
  return Uint8Array.from(sets, (entries) => (entries.some((entry) => passes[entry]) ? 1 : 0));
}

/**
 * Rows for each entry of a facet that pass all other filters: what ticking it would show.
 * @param {Facet} facet
 * @param {number} index its place among the facets
 * @param {Uint16Array} failures
 * @returns {Uint32Array}
 */
export function countFacet(facet, index, failures) {
  const { codes, sets, passes } = facet;
  const counts = new Uint32Array(sets ? sets.length : passes.length);
  const others = ~facetBit(index);
  for (let row = 0; row < failures.length; row++) {
    if (!(failures[row] & others)) counts[codes[row]]++;
  }
  if (!sets) return counts;
  const byEntry = new Uint32Array(passes.length);
  sets.forEach((entries, code) => {
    for (const entry of entries) byEntry[entry] += counts[code];
  });
  return byEntry;
}

/**
 * How many rows pass, and how many of them have a place and a date.
 * @param {Uint16Array} failures
 * @param {Column} place 0 where a row has no place
 * @param {number} dated
 * @returns {{ shown: number, located: number, undated: number }}
 */
export function countShown(failures, place, dated) {
  let shown = 0;
  let located = 0;
  let undated = 0;
  for (let row = 0; row < failures.length; row++) {
    if (failures[row]) continue;
    shown++;
    if (place[row]) located++;
    if (row >= dated) undated++;
  }
  return { shown, located, undated };
}
