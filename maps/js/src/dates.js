// Days since 1970-01-01 to words and bins; negative before that day.

import { tallies } from './filters.js';

const DAY_MS = 86_400_000;

/**
 * A day as ISO 8601 text.
 * @param {number} day
 */
export function dayText(day) {
  return new Date(day * DAY_MS).toISOString().replace(/T.*/, '').replace(/^\+0*/, '');
}

/**
 * A span of days as text; one day is written once.
 * @param {number} first
 * @param {number} last
 */
export function spanText(first, last) {
  return first === last ? dayText(first) : `${dayText(first)} to ${dayText(last)}`;
}

/**
 * @typedef {object} Bins
 * @property {'day' | 'week' | 'month' | 'quarter' | 'year' | 'decade'} unit
 * @property {number[]} starts first day of each bin, and one more: the day after the last bin
 */

/** @type {[Bins['unit'], number][]} */
const MONTHS_OF = [
  ['month', 1],
  ['quarter', 3],
  ['year', 12],
  ['decade', 120],
];

/**
 * Bins of one unit that cover the days, never more than `most`.
 * @param {number} first
 * @param {number} last
 * @param {number} [most]
 * @returns {Bins}
 */
export function makeBins(first, last, most = 120) {
  if (last - first + 1 <= most) return { unit: 'day', starts: everyDays(first, last, 1) };
  const monday = first - ((((first + 3) % 7) + 7) % 7);
  if ((last - monday) / 7 < most) return { unit: 'week', starts: everyDays(monday, last, 7) };
  for (const [unit, months] of MONTHS_OF) {
    const starts = everyMonths(first, last, months);
    if (starts.length - 1 <= most || unit === 'decade') return { unit, starts };
  }
  throw new Error('unreachable');
}

/**
 * @param {number} first
 * @param {number} last
 * @param {number} step
 */
function everyDays(first, last, step) {
  const starts = [];
  for (let day = first; day <= last; day += step) starts.push(day);
  starts.push((starts.at(-1) ?? first) + step);
  return starts;
}

/**
 * @param {number} first
 * @param {number} last
 * @param {number} step
 */
function everyMonths(first, last, step) {
  const date = new Date(first * DAY_MS);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const starts = [];
  for (let next = Math.floor(month / step) * step; ; next += step) {
    const start = new Date(0);
    start.setUTCFullYear(Math.floor(next / 12), ((next % 12) + 12) % 12, 1);
    starts.push(Math.round(start.getTime() / DAY_MS));
    if ((starts.at(-1) ?? 0) > last) return starts;
  }
}

/**
 * The bin that holds a day.
 * @param {number[]} starts
 * @param {number} day
 */
export function binOf(starts, day) {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= day) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Incidents in each bin: those that pass every filter but the one of time, and those in view of it.
 * @param {number[]} starts
 * @param {Int32Array} days sorted
 * @param {number} dated how many of the rows have a date
 * @param {Uint16Array} failures bits of the filters a row fails
 * @param {number} timeBit
 * @returns {{ all: Uint32Array, shown: Uint32Array }}
 */
export function countBins(starts, days, dated, failures, timeBit) {
  const all = new Uint32Array(starts.length - 1);
  const shown = new Uint32Array(starts.length - 1);
  const counted = tallies.get(failures)?.days;
  let bin = 0;
  /** @param {number} day */
  const move = (day) => {
    while (bin < all.length - 1 && day >= starts[bin + 1]) bin++;
  };
  if (counted) {
    for (let index = 0; index < counted.all.length; index++) {
      move(counted.first + index);
      all[bin] += counted.all[index];
      shown[bin] += counted.shown[index];
    }
    return { all, shown };
  }
  for (let row = 0; row < dated; row++) {
    const failed = failures[row];
    if (failed & ~timeBit) continue;
    move(days[row]);
    all[bin]++;
    if (!failed) shown[bin]++;
  }
  return { all, shown };
}
