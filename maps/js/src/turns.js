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
 * `turn` judges rows by one filter, `bit`, and sets all counts right. `recount` sets only the counts
 * by place right, for rows whose bit of time has been set or cleared already.
 * @param {Tally} tally
 * @param {Pick<Tally, 'places' | 'placeTypes'>} counts
 * @param {Rows} rows
 * @param {number} types
 * @param {import('./filters.js').Filters} filters
 * @param {Uint16Array} failures written to
 */
export function makeTurns(tally, counts, rows, types, filters, failures) {
  const { facets, days } = tally;
  const codes = filters.facets.map((facet) => facet.codes);
  const fails = new Uint8Array(PORTION);
  const portion = new Uint32Array(PORTION);
  /** @param {Uint32Array} turned */
  const countPlacesOf = (turned) => {
    countPlaces(counts.places, rows.columns.place, turned);
    if (counts.placeTypes) countPlaceTypes(counts.placeTypes, rows.columns, types, turned);
    tally.follow?.(turned);
  };
  /** @param {Uint32Array} turned @param {number} bit */
  const count = (turned, bit) => {
    countTotals(tally.totals, rows, turned);
    if (days && bit !== TIME_BIT) countDays(days.all, days.first, rows, turned);
    codes.forEach((own, index) => bit !== facetBit(index) && countCodes(facets[index], own, turned));
    countPlacesOf(turned);
  };
  const countApart = makeApart(tally, rows, codes);
  return {
    /** @param {number} from @param {number} to @param {number} bit @param {Judge} judge */
    turn(from, to, bit, judge) {
      for (let at = from; at < to; at += PORTION) {
        const until = Math.min(at + PORTION, to);
        judge(at, until, fails);
        const length = turnPortion(at, until, bit, fails, failures, portion, countApart);
        if (length) count(portion.subarray(0, length), bit);
      }
    },
    /** @param {number} from @param {number} to @param {boolean} isIn */
    recount(from, to, isIn) {
      for (let at = from; at < to; at += PORTION) {
        const length = timePortion(at, Math.min(at + PORTION, to), isIn, failures, portion);
        if (length) countPlacesOf(portion.subarray(0, length));
      }
    },
  };
}

/**
 * Writes the rows that pass every filter but that of time, and gives how many they are.
 * @param {number} from
 * @param {number} to
 * @param {boolean} isIn
 * @param {Uint16Array} failures
 * @param {Uint32Array} portion written to
 */
function timePortion(from, to, isIn, failures, portion) {
  let length = 0;
  for (let row = from; row < to; row++) {
    if (!(failures[row] & ~TIME_BIT)) portion[length++] = isIn ? 4 * row + 2 : 4 * row;
  }
  return length;
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
 * @param {Uint32Array} places
 * @param {import('./decode.js').Column} place
 * @param {Uint32Array} turned
 */
function countPlaces(places, place, turned) {
  for (let index = 0; index < turned.length; index++) {
    const at = place[turned[index] >>> 2];
    const sign = (turned[index] & 2) - 1;
    const before = places[at];
    places[at] = before + sign;
    if (before === (sign > 0 ? 0 : 1)) turned[index]++;
  }
}

/**
 * @param {Tally['totals']} totals
 * @param {Rows} rows
 * @param {Uint32Array} turned
 */
function countTotals(totals, { columns: { place }, dated }, turned) {
  let [shown, located, undated] = [0, 0, 0];
  for (let index = 0; index < turned.length; index++) {
    const row = turned[index] >>> 2;
    const sign = (turned[index] & 2) - 1;
    shown += sign;
    if (place[row]) located += sign;
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
