// What a link keeps of the timeline: the range as dates, the steps, and whether the undated show.

import { dayText, parseDay } from './dates.js';
import { unitsOf, usualUnit } from './steps.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./time_window.js').TimeWindow} TimeWindow */
/** @typedef {import('./kept.js').Part} Part */

/**
 * The parts `from` and `to`. A date beyond the incidents is no date of theirs and is ignored; one
 * that would turn the range about opens its other end, for `from` and `to` come one by one.
 * @param {App} app
 * @param {TimeWindow} span
 * @returns {Part[]}
 */
export function rangeParts({ filters: { time } }, span) {
  const { first, last } = span;
  /** @param {string} text */
  const dayIn = (text) => {
    const day = parseDay(text);
    return day !== undefined && day >= first && day <= last ? day : undefined;
  };
  return [
    {
      key: 'from',
      get: () => (time.first === -Infinity ? '' : dayText(time.first)),
      set(text) {
        const day = text ? dayIn(text) : first;
        if (day !== undefined) span.setDays(day, time.last < day ? last : time.last);
      },
    },
    {
      key: 'to',
      get: () => (time.last === Infinity ? '' : dayText(time.last)),
      set(text) {
        const day = text ? dayIn(text) : last;
        if (day !== undefined) span.setDays(time.first > day ? first : time.first, day);
      },
    },
  ];
}

/**
 * The part `step`.
 * @param {TimeWindow} span
 * @param {(unit: import('./steps.js').Unit) => void} setUnit
 * @returns {Part}
 */
export function stepPart(span, setUnit) {
  const usual = usualUnit(span.first, span.last);
  return {
    key: 'step',
    get: () => (span.steps().unit === usual ? '' : span.steps().unit),
    set(text) {
      const unit = text ? unitsOf(span.first, span.last).find((own) => own === text) : usual;
      if (unit) setUnit(unit);
    },
  };
}

/**
 * The part `undated`.
 * @param {App} app
 * @returns {Part}
 */
export function undatedPart(app) {
  return {
    key: 'undated',
    get: () => (app.filters.time.undated ? '' : 'no'),
    set(text) {
      if (text !== '' && text !== 'no') return;
      app.filters.time.undated = text === '';
      app.changed('time');
    },
  };
}
