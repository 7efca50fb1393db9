// The window of time: the filter's range of days, seen as steps. The filter holds it, not this.

import { makeSteps, usualUnit } from './steps.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./steps.js').Steps} Steps */
/** @typedef {{ low: number, high: number }} Window first and last step shown */

/**
 * @typedef {object} TimeWindow
 * @property {number} first first day of all incidents
 * @property {number} last
 * @property {() => Steps} steps
 * @property {(unit: import('./steps.js').Unit) => void} setUnit
 * @property {() => Window} get
 * @property {() => [number, number]} days first and last day shown
 * @property {() => [number, number]} edges of the days shown, in steps; typed dates lie within some
 * @property {() => boolean} isAll
 * @property {(window: Window) => void} set at once
 * @property {(window: Window) => void} follow at most once a frame, for what moves with the pointer
 * @property {() => boolean} isBeyond whether the range has no day of the incidents
 * @property {(first: number, last: number) => void} setDays
 */

/**
 * The window over the incidents that have a date; there must be one.
 * @param {App} app
 * @returns {TimeWindow}
 */
export function makeTimeWindow(app) {
  const { time } = app.filters;
  const [first, last] = daysOf(app.incidents);
  let steps = makeSteps(usualUnit(first, last), first, last);

  /** @param {number} from @param {number} to */
  const setDays = (from, to) => {
    // A range beyond all incidents is kept as it is, and shows none of them.
    const isBeyond = from > last || to < first;
    time.first = from <= first && !isBeyond ? -Infinity : from;
    time.last = to >= last && !isBeyond ? Infinity : to;
    app.changed('time');
  };
  /** @returns {[number, number]} */
  const days = () => [Math.max(first, time.first), Math.min(last, time.last)];
  /** @param {Window} window */
  const set = ({ low, high }) => setDays(steps.start(low), steps.start(high + 1) - 1);
  return {
    first,
    last,
    steps: () => steps,
    setUnit: (unit) => void (steps = makeSteps(unit, first, last)),
    get: () => ({ low: steps.at(time.first), high: steps.at(time.last) }),
    isBeyond: () => time.first > last || time.last < first,
    days,
    edges() {
      const [from, to] = days();
      const edges = [from === first ? 0 : steps.share(from), to === last ? steps.count : steps.share(to + 1)];
      return /** @type {[number, number]} */ (edges.map((edge) => Math.max(0, Math.min(steps.count, edge))));
    },
    isAll: () => time.first === -Infinity && time.last === Infinity,
    set,
    follow: oncePerFrame(set),
    setDays,
  };
}

/**
 * First and last day of all incidents.
 * @param {import('./incidents.js').Incidents} incidents
 * @returns {[number, number]}
 */
function daysOf({ start, end, dated }) {
  let last = start[0];
  for (let row = 0; row < dated; row++) if (end[row] > last) last = end[row];
  return [start[0], last];
}

/**
 * Runs at once, and not again before the next frame: then with what was asked for last.
 * @template Value
 * @param {(value: Value) => void} run
 * @returns {(value: Value) => void}
 */
function oncePerFrame(run) {
  let isWaiting = false;
  /** @type {{ value: Value } | undefined} */
  let next;
  /** @param {Value} value */
  const start = (value) => {
    next = undefined;
    isWaiting = true;
    run(value);
    requestAnimationFrame(() => {
      isWaiting = false;
      if (next) start(next.value);
    });
  };
  return (value) => {
    if (isWaiting) next = { value };
    else start(value);
  };
}
