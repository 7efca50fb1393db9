// The steps in which a span of days is gone through: days, weeks, months or years.

const DAY_MS = 86_400_000;

/** @typedef {'day' | 'week' | 'month' | 'year'} Unit */

/**
 * A span of days cut into steps of one unit; nothing is held for each of them.
 * @typedef {object} Steps
 * @property {Unit} unit
 * @property {number} count
 * @property {(step: number) => number} start first day of a step; of `count`, the day after the last
 * @property {(day: number) => number} share the step that holds a day, and the share of it before
 *   the day
 * @property {(day: number) => number} at the step that holds a day, or the nearest one
 */

/** @type {readonly Unit[]} */
export const UNITS = ['day', 'week', 'month', 'year'];

/** How many steps a reader still tells apart as bars; more, and the next unit is the better one. */
const MOST_STEPS = { day: 120, week: 120, month: 300, year: Infinity };

/**
 * The span from one day to another in steps of a unit; weeks begin on Monday.
 * @param {Unit} unit
 * @param {number} first
 * @param {number} last
 * @returns {Steps}
 */
export function makeSteps(unit, first, last) {
  const { start, number } = unit === 'day' || unit === 'week' ? byDays(unit) : byMonths(unit);
  const base = number(first);
  const count = number(last) - base + 1;
  const at = (/** @type {number} */ day) => number(Math.min(last, Math.max(first, day))) - base;
  const from = (/** @type {number} */ step) => start(base + step);
  return {
    unit,
    count,
    start: from,
    at,
    share(day) {
      const step = at(day);
      return step + (day - from(step)) / (from(step + 1) - from(step));
    },
  };
}

/**
 * Days or weeks, numbered from 1970. That year began on a Thursday.
 * @param {'day' | 'week'} unit
 */
function byDays(unit) {
  const [size, shift] = unit === 'day' ? [1, 0] : [7, 3];
  return {
    start: (/** @type {number} */ number) => number * size - shift,
    number: (/** @type {number} */ day) => Math.floor((day + shift) / size),
  };
}

/**
 * Months or years, numbered from the year 0.
 * @param {'month' | 'year'} unit
 */
function byMonths(unit) {
  const size = unit === 'month' ? 1 : 12;
  return {
    start: (/** @type {number} */ number) => {
      const date = new Date(0);
      date.setUTCFullYear(Math.floor((number * size) / 12), (((number * size) % 12) + 12) % 12, 1);
      return Math.round(date.getTime() / DAY_MS);
    },
    number: (/** @type {number} */ day) => {
      const date = new Date(day * DAY_MS);
      return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / size);
    },
  };
}

/**
 * Units that part the span at all; a day always stands.
 * @param {number} first
 * @param {number} last
 * @returns {Unit[]}
 */
export function unitsOf(first, last) {
  return UNITS.filter((unit) => unit === 'day' || makeSteps(unit, first, last).count > 1);
}

/**
 * The finest unit of which the span has no more steps than can be told apart.
 * @param {number} first
 * @param {number} last
 * @returns {Unit}
 */
export function usualUnit(first, last) {
  const fits = (/** @type {Unit} */ unit) => makeSteps(unit, first, last).count <= MOST_STEPS[unit];
  return unitsOf(first, last).find(fits) ?? 'year';
}

/**
 * First days of the columns that the steps are drawn in, and the day after the last; a column holds
 * so many steps that there are never more than `most` of them.
 * @param {Steps} steps
 * @param {number} most
 * @returns {{ starts: number[], size: number }} `size` is how many steps a column holds
 */
export function makeColumns({ count, start }, most) {
  const size = Math.ceil(count / most);
  const starts = [];
  for (let step = 0; step < count; step += size) starts.push(start(step));
  starts.push(start(count));
  return { starts, size };
}

/**
 * A window of so many steps moved by some, and held within the span.
 * @param {{ low: number, high: number }} window
 * @param {number} by
 * @param {number} count
 */
export function moveWindow({ low, high }, by, count) {
  const width = high - low;
  const to = Math.min(count - 1 - width, Math.max(0, low + by));
  return { low: to, high: to + width };
}
