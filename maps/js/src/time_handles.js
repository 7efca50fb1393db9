// The handles of the window of time: three sliders for keyboard and screen reader, drawn at the
// edges of the window and between them. The pointer is brush.js's.

import { dayText, spanText } from './dates.js';
import { make } from './dom.js';
import { moveWindow } from './steps.js';

/** @typedef {import('./time_window.js').TimeWindow} TimeWindow */

/**
 * The sliders, and `sync`, which sets them to the window.
 * @param {TimeWindow} span
 */
export function makeHandles(span) {
  const from = slider('First day shown', 'from');
  const to = slider('Last day shown', 'to');
  const move = slider('Move the range', 'move');
  from.addEventListener('input', () => {
    span.follow({ low: +from.value, high: Math.max(+from.value, +to.value) });
  });
  to.addEventListener('input', () => {
    span.follow({ low: Math.min(+from.value, +to.value), high: +to.value });
  });
  move.addEventListener('input', () => {
    const window = span.get();
    span.follow(moveWindow(window, +move.value - window.low, span.steps().count));
  });
  const sync = () => {
    const { count } = span.steps();
    const { low, high } = span.get();
    const [first, last] = span.days();
    set(from, count - 1, low, dayText(first));
    set(to, count - 1, high, dayText(last));
    set(move, count - 1 - (high - low), low, spanText(first, last));
    move.hidden = span.isAll();
  };
  return { from, to, move, sync };
}

/**
 * Tells the style sheet where the window lies, as shares of the whole.
 * @param {HTMLElement} element
 * @param {TimeWindow} span
 */
export function placeHandles(element, span) {
  const { count } = span.steps();
  const { low, high } = span.get();
  element.style.setProperty('--step', String(1 / count));
  element.style.setProperty('--width', String((high + 1 - low) / count));
}

/**
 * @param {string} label
 * @param {string} name
 */
function slider(label, name) {
  return make('input', { type: 'range', 'data-handle': name, min: 0, step: 1, 'aria-label': label });
}

/**
 * @param {HTMLInputElement} input
 * @param {number} most
 * @param {number} value
 * @param {string} text
 */
function set(input, most, value, text) {
  input.max = String(most);
  input.value = String(value);
  input.setAttribute('aria-valuetext', text);
}
