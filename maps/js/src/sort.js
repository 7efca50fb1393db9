// The order of the list: incidents sorted by a column, in typed arrays. Nothing here touches the
// DOM.

import { codePlaces } from './seen_place.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./decode.js').Column} Column */
/** @typedef {'date' | 'type' | 'place' | 'deaths' | 'precision' | 'source'} SortBy */

/** What a list can be sorted by. */
export const SORTS = /** @type {const} */ (['date', 'type', 'place', 'deaths', 'precision', 'source']);

/** Up to so many texts are put in the order of a dictionary: that takes some 100 ms. */
const MOST_COLLATED = 50_000;
/** Numbers up to this one are counted as they are, in four megabytes. */
const MOST_COUNTED = 1 << 20;

/**
 * A column to sort by: a code a row, and a rank a code; rank 0 is unknown and comes last.
 * @typedef {{ codes: Column, ranks: Uint32Array }} Key
 */

/**
 * A rank for each text of a table: 0 where it is empty, else its position in the dictionary. A
 * long table that is in order already keeps the order that it has.
 * @param {string[]} table
 * @returns {Uint32Array}
 */
export function rankTexts(table) {
  const ranks = new Uint32Array(table.length);
  const codes = table.map((_, code) => code).filter((code) => table[code]);
  if (codes.length <= MOST_COLLATED) {
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    codes.sort((a, b) => compare(table[a], table[b]));
  } else if (codes.some((code, i) => i && table[codes[i - 1]] > table[code])) {
    codes.sort((a, b) => (table[a] < table[b] ? -1 : 1));
  }
  codes.forEach((code, i) => (ranks[code] = i + 1));
  return ranks;
}

/**
 * A column of numbers, one more than what they stand for, as a key; 0 is unknown.
 * @param {Column} numbers
 * @returns {Key}
 */
export function keyOfNumbers(numbers) {
  let most = 0;
  for (const number of numbers) if (number > most) most = number;
  if (most < MOST_COUNTED) return { codes: numbers, ranks: countUp(most + 1) };
  const distinct = Float64Array.from(new Set([0, ...numbers])).sort();
  const codeOf = new Map(Array.from(distinct, (number, code) => [number, code]));
  const codes = Uint32Array.from(numbers, (number) => codeOf.get(number) ?? 0);
  return { codes, ranks: countUp(distinct.length) };
}

/** @param {number} count */
function countUp(count) {
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

/**
 * Rows sorted by a key; those of one rank stay in the order they had, unknown ones come last.
 * @param {Uint32Array} order
 * @param {Key} key
 * @param {boolean} down from the highest to the lowest
 * @returns {Uint32Array}
 */
export function sortByKey(order, { codes, ranks }, down) {
  let last = 1;
  for (const rank of ranks) if (rank >= last) last = rank + 1;
  const slots = ranks.map((rank) => (rank === 0 ? last : down ? last - rank : rank));
  const next = new Uint32Array(last + 2);
  for (const row of order) next[slots[codes[row]] + 1]++;
  for (let slot = 1; slot < next.length; slot++) next[slot] += next[slot - 1];
  const sorted = new Uint32Array(order.length);
  for (const row of order) sorted[next[slots[codes[row]]]++] = row;
  return sorted;
}

/**
 * A sorter of all rows; what it works out about a column it keeps.
 * @param {Incidents} incidents
 * @returns {(by: SortBy, down: boolean) => Uint32Array}
 */
export function makeSorter(incidents) {
  const { columns, tables, count, dated } = incidents;
  const byDate = countUp(count);
  /** @type {Map<string, Key>} */
  const kept = new Map();
  /**
   * @param {string} name
   * @param {() => Key} make
   */
  const keep = (name, make) => {
    const key = kept.get(name) ?? make();
    kept.set(name, key);
    return key;
  };
  /** @param {string} name */
  const texts = (name) =>
    keep(name, () => ({ codes: columns[name], ranks: rankTexts(tables[name]) }));
  /** The precision's entries come finest first. */
  const levels = () => ({ codes: columns.precision, ranks: countUp(tables.precision.length + 1).subarray(1) });
  const seenKey = () => {
    const { codes, table } = codePlaces(incidents);
    return { codes, ranks: rankTexts(table) };
  };
  /** From the finest key to the first. @type {Record<Exclude<SortBy, 'date'>, () => Key[]>} */
  const keys = {
    type: () => [texts('sub_type'), texts('type')],
    place: () => [texts('country'), texts('admin1'), keep('seen', seenKey)],
    deaths: () => [keep('deaths', () => keyOfNumbers(columns.deaths))],
    precision: () => [keep('precision', levels)],
    source: () => [texts('source')],
  };
  return (by, down) => {
    if (by === 'date') return down ? newestFirst(byDate, dated) : byDate;
    /** @type {Uint32Array} */
    let order = byDate;
    for (const key of keys[by]()) order = sortByKey(order, key, down);
    return order;
  };
}

/**
 * @param {Uint32Array} byDate
 * @param {number} dated
 */
function newestFirst(byDate, dated) {
  const order = byDate.slice();
  order.subarray(0, dated).reverse();
  return order;
}

/**
 * Of an order the rows that pass the filters, and that lie at one of the places if such are given.
 * @param {Uint32Array} order
 * @param {Uint16Array} failures
 * @param {Column} place of each row
 * @param {Uint8Array} [wanted] 1 a place that counts
 * @returns {Uint32Array}
 */
export function pickRows(order, failures, place, wanted) {
  const picked = new Uint32Array(order.length);
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    if (!failures[row] && (!wanted || wanted[place[row]])) picked[count++] = row;
  }
  return picked.subarray(0, count);
}

/**
 * Which places, with all that is drawn of them, reach into a window; 1 a place.
 * @param {Pick<import('./incidents.js').Places, 'x' | 'y' | 'wide' | 'reachOf'>} places
 * @param {{ west: number, east: number, north: number, south: number }} window in map units, where
 *   east or west may lie beyond the edge of the world
 * @returns {Uint8Array}
 */
export function placesWithin({ x, y, wide, reachOf }, { west, east, north, south }) {
  const within = new Uint8Array(x.length);
  for (let place = 1; place < x.length; place++) {
    const far = wide?.[place] ? reachOf(place) / 2 : 0;
    if (y[place] + far < north || y[place] - far > south) continue;
    // The copy of the world in which the place lies first after the window's western edge.
    const along = x[place] + far - west;
    const from = along - Math.floor(along);
    if (from <= east - west + 2 * far) within[place] = 1;
  }
  return within;
}
