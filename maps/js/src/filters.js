// Filters over columns: what they are set to, and which bit a row bears for each that it fails.

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
 * Which codes of a facet pass.
 * @param {Facet} facet
 * @returns {Uint8Array}
 */
export function passesOfCodes({ sets, passes }) {
  if (!sets) return passes;
  return Uint8Array.from(sets, (entries) => (entries.some((entry) => passes[entry]) ? 1 : 0));
}

/**
 * Counts that are kept up to date for the rows of a `failures` array, so that nobody need count.
 * @type {WeakMap<Uint16Array, import('./running_counts.js').Tally>}
 */
export const tallies = new WeakMap();

/**
 * Rows for each entry of a facet that pass all other filters: what ticking it would show.
 * @param {Facet} facet
 * @param {number} index its place among the facets
 * @param {Uint16Array} failures
 * @returns {Uint32Array}
 */
export function countFacet(facet, index, failures) {
  const { sets, passes } = facet;
  const counts = tallies.get(failures)?.facets[index] ?? countCodes(facet, index, failures);
  if (!sets) return counts.slice();
  const byEntry = new Uint32Array(passes.length);
  sets.forEach((entries, code) => {
    for (const entry of entries) byEntry[entry] += counts[code];
  });
  return byEntry;
}

/**
 * Rows of each code of a facet that pass all other filters, counted anew.
 * @param {Facet} facet
 * @param {number} index
 * @param {Uint16Array} failures
 * @returns {Uint32Array}
 */
export function countCodes({ codes, sets, passes }, index, failures) {
  const counts = new Uint32Array((sets ?? passes).length);
  const others = ~facetBit(index);
  for (let row = 0; row < failures.length; row++) {
    if (!(failures[row] & others)) counts[codes[row]]++;
  }
  return counts;
}
