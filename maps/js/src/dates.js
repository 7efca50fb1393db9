// Days since 1970-01-01 to words and back, and their counts; negative before that day.

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
 * The day that an ISO 8601 date names; undefined where the text is no date of the calendar.
 * Years may have more than four digits, or a minus before them.
 * @param {string} text
 * @returns {number | undefined}
 */
export function parseDay(text) {
  const found = /^(-?\d{1,6})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (!found) return undefined;
  const [year, month, day] = found.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? Math.round(date.getTime() / DAY_MS) : undefined;
}

/**
 * Incidents in each bin that pass every filter but the one of time.
 * @param {number[]} starts
 * @param {Int32Array} days sorted
 * @param {number} dated how many of the rows have a date
 * @param {Uint16Array} failures bits of the filters a row fails
 * @param {number} timeBit
 * @returns {Uint32Array}
 */
export function countBins(starts, days, dated, failures, timeBit) {
  const bins = new Uint32Array(starts.length - 1);
  const counted = tallies.get(failures)?.days;
  let bin = 0;
  /** @param {number} day @param {number} count */
  const add = (day, count) => {
    while (bin < bins.length - 1 && day >= starts[bin + 1]) bin++;
    bins[bin] += count;
  };
  if (counted) counted.all.forEach((count, index) => add(counted.first + index, count));
  else for (let row = 0; row < dated; row++) if (!(failures[row] & ~timeBit)) add(days[row], 1);
  return bins;
}
