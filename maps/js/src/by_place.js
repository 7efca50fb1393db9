// Incidents and deaths by place, following the filters: what every view but the marks is made from.

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
 * Deaths reported by place of the rows that pass, and how many of them have no figure.
 * @param {App} app
 * @param {Int32Array} deaths
 * @returns {{ deaths: Float64Array, unknown: Uint32Array }}
 */
export function sumDeaths({ incidents, failures }, deaths) {
  const { place } = incidents.columns;
  const sums = new Float64Array(incidents.places.x.length);
  const unknown = new Uint32Array(sums.length);
  for (let row = 0; row < failures.length; row++) {
    if (failures[row]) continue;
    if (deaths[row] < 0) unknown[place[row]]++;
    else sums[place[row]] += deaths[row];
  }
  return { deaths: sums, unknown };
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

/**
 * Months that the filter of time leaves of those the incidents reach over; never less than one,
 * so that three days are not blown up to a month.
 * @param {App} app
 */
export function monthsShown({ incidents, filters }) {
  const { start, end, dated } = incidents;
  if (!dated) return 1;
  let last = end[0];
  for (let row = 1; row < dated; row++) if (end[row] > last) last = end[row];
  const from = Math.max(start[0], filters.time.first);
  const to = Math.min(last, filters.time.last);
  return Math.max(1, (to - from + 1) / MONTH_DAYS);
}
