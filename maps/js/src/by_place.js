// Incidents and deaths by place, following the filters: what every view but the marks is made from.

import { beyondRange } from './reach.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').Incidents} Incidents */

/**
 * Incidents that pass, by place; those without a place at 0.
 * @param {App} app
 * @param {number} [rows] only the first of them; those before `dated` have a date
 * @returns {Uint32Array}
 */
export function countByPlace({ incidents, failures }, rows = failures.length) {
  const { place } = incidents.columns;
  const counts = new Uint32Array(incidents.places.x.length);
  for (let row = 0; row < rows; row++) if (!failures[row]) counts[place[row]]++;
  return counts;
}

/**
 * Deaths reported of each row: the best figure, else the low one; -1 where there is neither.
 * @param {Pick<Incidents, 'columns'>} incidents
 * @returns {Int32Array}
 */
export function deathsByRow({ columns }) {
  return Int32Array.from(columns.deaths, (stored) => stored - 1);
}

/**
 * Sums by place.
 * @typedef {object} DeathSums
 * @property {Uint32Array} counts incidents
 * @property {Float64Array} deaths reported of them
 * @property {Uint32Array} unknown incidents without a figure
 * @property {Float64Array} beyond deaths of incidents that reach beyond the range of time
 * @property {Uint32Array} beyondCounts those incidents: all that are left out, else those with deaths
 */

/**
 * Incidents and deaths reported by place of the rows that pass.
 * @param {App} app
 * @param {Int32Array} deaths
 * @param {boolean} [leaveOut] what reaches beyond the range of time: it is in `beyond` alone then
 * @returns {DeathSums}
 */
export function sumDeaths(app, deaths, leaveOut = false) {
  const { incidents, failures } = app;
  const { place } = incidents.columns;
  const { length } = incidents.places.x;
  const [sums, beyond] = [new Float64Array(length), new Float64Array(length)];
  const [counts, unknown, beyondCounts] = [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)];
  const reaches = beyondRange(app);
  for (let row = 0; row < failures.length; row++) {
    if (failures[row]) continue;
    const at = place[row];
    if (reaches?.(row)) {
      if (leaveOut || deaths[row] > 0) beyondCounts[at]++;
      beyond[at] += Math.max(0, deaths[row]);
      if (leaveOut) continue;
    }
    counts[at]++;
    if (deaths[row] < 0) unknown[at]++;
    else sums[at] += deaths[row];
  }
  return { counts, deaths: sums, unknown, beyond, beyondCounts };
}

/**
 * Numbers of places summed up by the places' codes.
 * @param {ArrayLike<number>} values one a place
 * @param {ArrayLike<number>} codes one a place
 * @param {number} length how many codes there are
 * @returns {Float64Array}
 */
export function sumByCode(values, codes, length) {
  const sums = new Float64Array(length);
  for (let place = 0; place < values.length; place++) sums[codes[place]] += values[place];
  return sums;
}

/**
 * All of some numbers together.
 * @param {ArrayLike<number>} values
 */
export function total(values) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** A month of the mean year, in days. */
const MONTH_DAYS = 365.2425 / 12;
/** The shortest month of the calendar; of fewer days a number of incidents is no rate a month. */
const LEAST_DAYS = 28;

/**
 * Days that the filter of time leaves of those the incidents reach over, and the months they make:
 * 0 where they are too few for one.
 * @param {App} app
 */
export function timeShown({ incidents, filters }) {
  const { start, end, dated } = incidents;
  if (!dated) return { days: 0, months: 0 };
  let last = end[0];
  for (let row = 1; row < dated; row++) if (end[row] > last) last = end[row];
  const from = Math.max(start[0], filters.time.first);
  const to = Math.min(last, filters.time.last);
  const days = to - from + 1;
  return { days, months: days < LEAST_DAYS ? 0 : Math.max(1, days / MONTH_DAYS) };
}
