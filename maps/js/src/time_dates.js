// The range of time as two dates to be typed.

import { dayText, parseDay } from './dates.js';
import { button, make } from './dom.js';

/** @typedef {import('./time_window.js').TimeWindow} TimeWindow */

/** Beyond these years browsers differ in what a date field takes; a text field takes all of them. */
const FIELD_YEARS = [parseDay('0100-01-01') ?? 0, parseDay('9999-12-31') ?? 0];

/**
 * A button that discloses two fields, and `sync`, which sets them to the window.
 * @param {TimeWindow} span
 * @param {() => [number, number]} daysShown first and last day of the window
 */
export function makeDates(span, daysShown) {
  let sync = () => {};
  // A date field is the dearest element of the page: both are made when they are asked for.
  const elements = disclose(() => {
    const made = makeFields(span, daysShown);
    sync = made.sync;
    return made.labels;
  });
  return { elements, sync: () => sync() };
}

/**
 * The two fields, set to the window.
 * @param {TimeWindow} span
 * @param {() => [number, number]} daysShown
 */
function makeFields(span, daysShown) {
  const from = field(span);
  const to = field(span);
  from.addEventListener('change', () => {
    const day = dayIn(from, span);
    if (day !== undefined) span.setDays(day, Math.max(day, daysShown()[1]));
  });
  to.addEventListener('change', () => {
    const day = dayIn(to, span);
    if (day !== undefined) span.setDays(Math.min(day, daysShown()[0]), day);
  });
  const sync = () => {
    [from, to].forEach((input, end) => {
      const text = dayText(daysShown()[end]);
      // A date that is being typed is left alone.
      if (document.activeElement !== input || parseDay(input.value) === undefined) input.value = text;
    });
  };
  for (const input of [from, to]) {
    input.addEventListener('blur', () => {
      input.value = dayText(daysShown()[input === from ? 0 : 1]);
    });
  }
  sync();
  return { labels: [make('label', {}, 'from', from), make('label', {}, 'to', to)], sync };
}

/**
 * A button that shows and hides the fields beside it.
 * @param {() => Node[]} makeAll makes the fields when they are first shown
 */
function disclose(makeAll) {
  const body = make('span', { id: 'im-dates', class: 'im-dates', hidden: true });
  const toggle = button('Dates', () => {
    if (!body.hasChildNodes()) body.append(...makeAll());
    body.hidden = !body.hidden;
    toggle.setAttribute('aria-expanded', String(!body.hidden));
  }, { 'aria-expanded': 'false', 'aria-controls': body.id, title: 'Type the first and the last day' });
  return [toggle, body];
}

/** @param {TimeWindow} span */
function field({ first, last }) {
  const isUsual = first >= FIELD_YEARS[0] && last <= FIELD_YEARS[1];
  if (!isUsual) return make('input', { type: 'text', placeholder: 'YYYY-MM-DD', size: 11 });
  return make('input', { type: 'date', min: dayText(first), max: dayText(last) });
}

/**
 * The day in a field, where the incidents reach to it; half-typed years are none.
 * @param {HTMLInputElement} input
 * @param {TimeWindow} span
 */
function dayIn(input, { first, last }) {
  const day = parseDay(input.value);
  return day !== undefined && day >= first && day <= last ? day : undefined;
}
