// Filters as masks over columns: one pass marks, for each row, which filters it fails.

/** @typedef {import('./decode.js').Column} Column */

/**
 * A filter over a column of codes: which codes pass.
 * @typedef {object} Facet
 * @property {string} column
 * @property {Column} codes one a row
 * @property {Uint8Array} passes 1 or 0 a code
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
 * @property {Facet[]} facets at most six
 * @property {TimeRange} time
 */

/** The bit of a row that fails the filter of time; facets have the bits above it. */
export const TIME_BIT = 1;

/**
 * The bit of a row that fails a facet.
 * @param {number} index
 */
export function facetBit(index) {
  return 2 << index;
}

/**
 * Marks every row with the filters it fails; 0 passes all.
 * @param {Filters} filters
 * @param {{ start: Int32Array, end: Int32Array, dated: number }} days
 * @param {Uint8Array} failures written to
 */
export function applyFilters(filters, days, failures) {
  markTime(filters.time, days, failures);
  filters.facets.forEach((facet, index) => {
    if (facet.passes.every((pass) => pass === 1)) return;
    const { codes, passes } = facet;
    const bit = facetBit(index);
    for (let row = 0; row < failures.length; row++) {
      if (!passes[codes[row]]) failures[row] |= bit;
    }
  });
}

/**
 * @param {TimeRange} time
 * @param {{ start: Int32Array, end: Int32Array, dated: number }} days
 * @param {Uint8Array} failures
 */
function markTime(time, days, failures) {
  const { start, end, dated } = days;
  for (let row = 0; row < dated; row++) {
    failures[row] = start[row] <= time.last && end[row] >= time.first ? 0 : TIME_BIT;
  }
  failures.fill(time.undated ? 0 : TIME_BIT, dated);
}

/**
 * Rows for each code of a facet that pass all other filters: what ticking it would show.
 * @param {Facet} facet
 * @param {number} index its place among the facets
 * @param {Uint8Array} failures
 * @returns {Uint32Array}
 */
export function countFacet(facet, index, failures) {
  const counts = new Uint32Array(facet.passes.length);
  const others = ~facetBit(index);
  const { codes } = facet;
  for (let row = 0; row < failures.length; row++) {
    if (!(failures[row] & others)) counts[codes[row]]++;
  }
  return counts;
}

/**
 * How many rows pass, and how many of them have a place and a date.
 * @param {Uint8Array} failures
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
