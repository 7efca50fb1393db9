// Going through time: play, and one step on or back.

import { button } from './dom.js';
import { moveWindow } from './steps.js';

/** @typedef {import('./time_window.js').TimeWindow} TimeWindow */

/** Slow enough to see where something has changed; slower for who asks for less motion. */
const PLAY_MS = 450;
const CALM_PLAY_MS = 1200;
/** With everything shown there is nothing to move: play then begins with this share of it. */
const PLAY_SHARE = 8;

/**
 * The buttons. Playing starts only when asked for, and stops at the end or once it is out of sight.
 * @param {TimeWindow} span
 * @param {() => boolean} isInSight
 */
export function makePlay(span, isInSight) {
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    show(play, false);
  };
  const tick = () => {
    if (!isInSight() || !step(span, 1)) stop();
  };
  const play = button('Play', () => {
    if (timer) return stop();
    rewind(span);
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    timer = window.setInterval(tick, calm ? CALM_PLAY_MS : PLAY_MS);
    show(play, true);
  }, { class: 'im-play', 'aria-pressed': 'false' });
  const back = button('‹', () => step(span, -1), { class: 'im-step' });
  const on = button('›', () => step(span, 1), { class: 'im-step' });
  const sync = () => {
    name(back, `One ${span.steps().unit} back`);
    name(on, `One ${span.steps().unit} on`);
  };
  return { buttons: [back, play, on], sync };
}

/**
 * @param {HTMLButtonElement} play
 * @param {boolean} isPlaying
 */
function show(play, isPlaying) {
  play.textContent = isPlaying ? 'Stop' : 'Play';
  play.setAttribute('aria-pressed', String(isPlaying));
}

/**
 * @param {HTMLButtonElement} element
 * @param {string} text
 */
function name(element, text) {
  element.setAttribute('aria-label', text);
  element.title = text;
}

/**
 * Moves the window; with everything shown, to the first step or the last.
 * @param {TimeWindow} span
 * @param {1 | -1} by
 * @returns {boolean} whether there was room to move
 */
function step(span, by) {
  const { count } = span.steps();
  const before = span.get();
  const end = by > 0 ? 0 : count - 1;
  const after = span.isAll() ? { low: end, high: end } : moveWindow(before, by, count);
  if (after.low === before.low && after.high === before.high) return false;
  span.set(after);
  return true;
}

/**
 * Sets the window to the beginning where it stands at the end.
 * @param {TimeWindow} span
 */
function rewind(span) {
  const { count } = span.steps();
  const { low, high } = span.get();
  if (span.isAll()) span.set({ low: 0, high: Math.ceil(count / PLAY_SHARE) - 1 });
  else if (high >= count - 1) span.set({ low: 0, high: high - low });
}
