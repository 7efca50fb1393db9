// Rows that a filter lets in or shuts out, and all that this changes. They are gathered in portions,
// and each kind of count goes through a portion in a loop of its own: several times as fast as to
// do everything for one row after the other.

import { TIME_BIT, facetBit } from './filters.js';

/** @typedef {import('./running_counts.js').Rows} Rows */
/** @typedef {import('./running_counts.js').Tally} Tally */

/** Rows in a portion: few enough that they stay in the processor's nearest memory. */
const PORTION = 2048;

/**
 * Writes for each row from one to before another, from index 0 on, 1 where it fails the filter.
 * @callback Judge
 * @param {number} from
 * @param {number} to
 * @param {Uint8Array} fails
 * @returns {void}
 */

/**
 * A function that judges rows by one filter, `bit`, and sets all counts right.
 * @param {Tally} tally
 * @param {Rows} rows
 * @param {number} types
 * @param {import('./filters.js').Filters} filters
 * @param {Uint16Array} failures written to
 * @returns {(from: number, to: number, bit: number, judge: Judge) => void}
 */
export function makeTurns(tally, rows, types, filters, failures) {
  const { facets, days } = tally;
  const codes = filters.facets.map((facet) => facet.codes);
  const fails = new Uint8Array(PORTION);
  const portion = new Uint32Array(PORTION);
  /** @param {Uint32Array} turned @param {number} bit */
  const count = (turned, bit) => {
    countPlaces(tally, rows, turned);
    if (tally.placeTypes) countPlaceTypes(tally.placeTypes, rows.columns, types, turned);
    if (days) {
      countDays(days.shown, days.first, rows, turned);
      if (bit !== TIME_BIT) countDays(days.all, days.first, rows, turned);
    }
    codes.forEach((own, index) => bit !== facetBit(index) && countCodes(facets[index], own, turned));
    tally.follow?.(turned);
  };
  const countApart = makeApart(tally, rows, codes);
  return (from, to, bit, judge) => {
    for (let at = from; at < to; at += PORTION) {
      const until = Math.min(at + PORTION, to);
      judge(at, until, fails);
      const length = turnPortion(at, until, bit, fails, failures, portion, countApart);
      if (length) count(portion.subarray(0, length), bit);
    }
  };
}

/**
 * Sets the bit of the rows whose judgement has changed and gives how many were let in or shut out:
 * in `portion` four times the row, and 2 where it is let in.
 * @param {number} from
 * @param {number} to
 * @param {number} bit
 * @param {Uint8Array} fails
 * @param {Uint16Array} failures written to
 * @param {Uint32Array} portion written to
 * @param {(row: number, rest: number, sign: number) => void} countApart
 */
function turnPortion(from, to, bit, fails, failures, portion, countApart) {
  let length = 0;
  for (let row = from; row < to; row++) {
    const before = failures[row];
    const failed = before & bit ? 1 : 0;
    if (failed === fails[row - from]) continue;
    failures[row] = before ^ bit;
    const rest = before & ~bit;
    if (!rest) portion[length++] = 4 * row + 2 * failed;
    else if (!(rest & (rest - 1))) countApart(row, rest, 2 * failed - 1);
  }
  return length;
}

/**
 * A row that fails one other filter is counted by that filter alone.
 * @param {Tally} tally
 * @param {Rows} rows
 * @param {import('./decode.js').Column[]} codes of each facet
 * @returns {(row: number, rest: number, sign: number) => void}
 */
function makeApart({ facets, days }, { start, dated }, codes) {
  return (row, rest, sign) => {
    if (rest >= 4) {
      const index = 29 - Math.clz32(rest);
      facets[index][codes[index][row]] += sign;
    } else if (rest === TIME_BIT && days && row < dated) days.all[start[row] - days.first] += sign;
  };
}

/**
 * Counts by place, and adds 1 in the portion where a place had no row before or has none now.
 * @param {Tally} tally
 * @param {Rows} rows
 * @param {Uint32Array} turned
 */
function countPlaces({ places, totals }, { columns: { place }, dated }, turned) {
  let [shown, located, undated] = [0, 0, 0];
  for (let index = 0; index < turned.length; index++) {
    const row = turned[index] >>> 2;
    const at = place[row];
    const sign = (turned[index] & 2) - 1;
    const before = places[at];
    places[at] = before + sign;
    if (before === (sign > 0 ? 0 : 1)) turned[index]++;
    shown += sign;
    if (at) located += sign;
    if (row >= dated) undated += sign;
  }
  totals.shown += shown;
  totals.located += located;
  totals.undated += undated;
}

/**
 * @param {Uint32Array} placeTypes
 * @param {Rows['columns']} columns
 * @param {number} types
 * @param {Uint32Array} turned
 */
function countPlaceTypes(placeTypes, { place, type }, types, turned) {
  for (let index = 0; index < turned.length; index++) {
    const row = turned[index] >>> 2;
    placeTypes[place[row] * types + type[row]] += (turned[index] & 2) - 1;
  }
}

/**
 * @param {Uint32Array} counts by day
 * @param {number} first
 * @param {Rows} rows
 * @param {Uint32Array} turned
 */
function countDays(counts, first, { start, dated }, turned) {
  for (let index = 0; index < turned.length; index++) {
    const row = turned[index] >>> 2;
    if (row < dated) counts[start[row] - first] += (turned[index] & 2) - 1;
  }
}

/**
 * @param {Uint32Array} counts
 * @param {import('./decode.js').Column} codes
 * @param {Uint32Array} turned
 */
function countCodes(counts, codes, turned) {
  for (let index = 0; index < turned.length; index++) {
    counts[codes[turned[index] >>> 2]] += (turned[index] & 2) - 1;
  }
}
