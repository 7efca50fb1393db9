// The numbers of the areas: incidents, deaths reported, incidents a month.

import { FIRST_AREA } from './area_levels.js';
import { countByPlace, sumByCode, sumDeaths, timeShown, total } from './by_place.js';
import { reachNotes } from './reach.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {ReturnType<typeof import('./reach.js').makeReachSwitch>} ReachSwitch */
/** @typedef {{ level: import('./area_levels.js').Level, measure: string, reach: ReachSwitch }} State */

/**
 * What is known of the areas of a level under the filters.
 * @typedef {object} Sums
 * @property {Float64Array} counts incidents by code
 * @property {Float64Array} values what is shown, by area
 * @property {number} unknown incidents without a figure of deaths
 * @property {number} abroad incidents counted in another country than their rows name
 * @property {number} left incidents that the measure leaves out
 * @property {number} days shown, where the number is one a month
 * @property {number} months 0 where the days are too few for a rate
 * @property {Float64Array} [beyond] deaths by code of incidents that reach beyond the range
 * @property {Float64Array} [beyondCounts] those incidents
 */

/**
 * Whether what reaches beyond the range is left out: of deaths only, for they are of all its days.
 * @param {State} state
 */
export function leavesOut({ measure, reach }) {
  return measure === 'deaths' && reach.isOn();
}

/**
 * @param {App} app
 * @param {State} state
 * @param {Int32Array} deaths
 * @returns {Sums}
 */
export function sumUp(app, state, deaths) {
  return { ...sumMeasure(app, state, deaths), abroad: countAbroad(app, state.level.abroad) };
}

/**
 * @param {App} app
 * @param {import('./decode.js').Column} abroad
 */
function countAbroad({ incidents, failures }, abroad) {
  if (!abroad.some(Boolean)) return 0;
  const { place } = incidents.columns;
  let count = 0;
  for (let row = 0; row < failures.length; row++) if (!failures[row] && abroad[place[row]]) count++;
  return count;
}

/**
 * @param {App} app
 * @param {State} state
 * @param {Int32Array} deaths
 * @returns {Omit<Sums, 'abroad'>}
 */
function sumMeasure(app, state, deaths) {
  const { level, measure } = state;
  const length = level.areas.length + FIRST_AREA;
  if (measure === 'deaths') return sumUpDeaths(sumDeaths(app, deaths, leavesOut(state)), level.codes, length);
  const byPlace = countByPlace(app);
  const counts = sumByCode(byPlace, level.codes, length);
  if (measure === 'incidents') return { counts, values: counts.subarray(FIRST_AREA), unknown: 0, left: 0, days: 0, months: 0 };
  const dated = countByPlace(app, app.incidents.dated);
  const { days, months } = timeShown(app);
  const values = sumByCode(dated, level.codes, length).subarray(FIRST_AREA).map((value) => value / (months || 1));
  return { counts, values, unknown: 0, left: total(byPlace) - total(dated), days, months };
}

/**
 * @param {import('./by_place.js').DeathSums} tolls
 * @param {ArrayLike<number>} codes one a place
 * @param {number} length how many codes there are
 * @returns {Omit<Sums, 'abroad'>}
 */
function sumUpDeaths(tolls, codes, length) {
  const [counts, deaths, unknown, beyond, beyondCounts] =
    [tolls.counts, tolls.deaths, tolls.unknown, tolls.beyond, tolls.beyondCounts].map((values) => sumByCode(values, codes, length));
  const values = deaths.subarray(FIRST_AREA);
  return { counts, values, unknown: total(unknown.subarray(FIRST_AREA)), left: 0, days: 0, months: 0, beyond, beyondCounts };
}

/**
 * Of the deaths in areas, those of incidents that reach beyond the range; or all that is left out.
 * @param {Sums} sums
 * @param {State} state
 */
export function areaReachNotes({ beyond, beyondCounts }, state) {
  const isLeftOut = leavesOut(state);
  const [deaths, count] = [beyond, beyondCounts].map((values) => total(values?.subarray(isLeftOut ? 0 : FIRST_AREA) ?? []));
  return reachNotes(deaths, count, isLeftOut);
}
