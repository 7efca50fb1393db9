// What a link keeps of the timeline: the range as dates, the steps, and whether the undated show.

import { dayText, parseDay } from './dates.js';
import { shortText } from './state.js';
import { unitsOf, usualUnit } from './steps.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./time_window.js').TimeWindow} TimeWindow */
/** @typedef {import('./kept.js').Part} Part */

/**
 * The parts `from` and `to`. One that lies beyond all incidents lets none of them pass; one that
 * would turn the range about opens its other end, for `from` and `to` come one by one; what is no
 * date opens its own.
 * @param {App} app
 * @param {TimeWindow} span
 * @returns {Part[]}
 */
export function rangeParts({ filters: { time } }, span) {
  return [
    {
      key: 'from',
      get: () => (time.first === -Infinity ? '' : dayText(time.first)),
      set(text) {
        const day = parseDay(text) ?? -Infinity;
        span.setDays(day, time.last < day ? Infinity : time.last);
        if (day > span.last) return `Time: nothing is shown, for ${dayText(day)} is after the last day here, ${dayText(span.last)}`;
        return text && day === -Infinity ? noDate(text) : undefined;
      },
    },
    {
      key: 'to',
      get: () => (time.last === Infinity ? '' : dayText(time.last)),
      set(text) {
        const day = parseDay(text) ?? Infinity;
        span.setDays(time.first > day ? -Infinity : time.first, day);
        if (day < span.first) return `Time: nothing is shown, for ${dayText(day)} is before the first day here, ${dayText(span.first)}`;
        return text && day === Infinity ? noDate(text) : undefined;
      },
    },
  ];
}

/** @param {string} text */
function noDate(text) {
  return `Time: not applied, for “${shortText(text)}” is no date`;
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
