// The window of time under the pointer: draw a new one on the bars, move it, pull its handles.

import { moveWindow } from './steps.js';
import { BARS_HEIGHT, SIDE } from './timeline_bars.js';

/** @typedef {import('./time_window.js').TimeWindow} TimeWindow */
/** @typedef {import('./time_window.js').Window} Window */
/** @typedef {'from' | 'to' | 'move' | 'new'} Part */

/** The least room between the handles, so that the grip between them can be hit. */
const GRIP_WIDTH = 24;
/** How far off a handle a pointer still takes it, and how near to a window's edge among the bars. */
const HANDLE_REACH = 24;
const EDGE_REACH = 6;
/** A pointer that has moved less was not meant to drag. */
const CLICK_PX = 3;

const CURSORS = { from: 'ew-resize', to: 'ew-resize', move: 'grab', new: 'crosshair' };

/**
 * @typedef {object} Brush
 * @property {HTMLElement} element
 * @property {TimeWindow} span
 * @property {Record<'from' | 'to' | 'move', HTMLInputElement>} handles take the focus when grabbed
 * @property {() => number} columnSize steps in a drawn column: what a click selects
 * @property {(step: number | undefined) => void} onHover
 */

/**
 * Lets the pointer set the window.
 * @param {Brush} brush
 */
export function addBrush({ element, span, handles, columnSize, onHover }) {
  /** @type {{ part: Part, x: number, from: Window, isDrag: boolean } | undefined} */
  let drag;
  const measure = () => ({ perStep: (element.clientWidth - 2 * SIDE) / span.steps().count, ...span.get() });
  /** @param {PointerEvent} event */
  const spot = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    event.preventDefault();
    const { x, y } = spot(event);
    const part = span.isAll() && y <= BARS_HEIGHT ? 'new' : partAt(x, y, measure());
    drag = { part, x, from: span.get(), isDrag: false };
    element.setPointerCapture(event.pointerId);
    if (part !== 'new') handles[part].focus({ preventScroll: true });
  });
  element.addEventListener('pointermove', (event) => {
    const { x, y } = spot(event);
    const { perStep } = measure();
    const step = Math.floor((x - SIDE) / perStep);
    onHover(step >= 0 && step < span.steps().count ? step : undefined);
    if (!drag) {
      const part = span.isAll() && y <= BARS_HEIGHT ? 'new' : partAt(x, y, measure());
      element.style.cursor = CURSORS[part];
      return;
    }
    drag.isDrag ||= Math.abs(x - drag.x) >= CLICK_PX;
    if (drag.isDrag) span.follow(windowOf(drag, x, perStep, span.steps().count));
  });
  element.addEventListener('pointerup', (event) => {
    if (drag && !drag.isDrag && (drag.part === 'new' || drag.part === 'move')) {
      span.set(columnAt((spot(event).x - SIDE) / measure().perStep, columnSize(), span.steps().count));
    }
    drag = undefined;
  });
  element.addEventListener('pointercancel', () => (drag = undefined));
  element.addEventListener('pointerleave', () => onHover(undefined));
}

/**
 * What of the window lies at a position, in CSS pixels.
 * @param {number} x
 * @param {number} y
 * @param {Window & { perStep: number }} window
 * @returns {Part}
 */
export function partAt(x, y, { low, high, perStep }) {
  let [left, right] = [SIDE + low * perStep, SIDE + (high + 1) * perStep];
  const isAxis = y > BARS_HEIGHT;
  if (isAxis) {
    const push = Math.max(0, (GRIP_WIDTH - (right - left)) / 2);
    [left, right] = [left - push, right + push];
  }
  const reach = isAxis ? HANDLE_REACH : EDGE_REACH;
  if (x > left && x < right) return 'move';
  if (x <= left && x >= left - reach) return 'from';
  return x >= right && x <= right + reach ? 'to' : 'new';
}

/**
 * The window that a drag to a position asks for.
 * @param {{ part: Part, x: number, from: Window }} drag
 * @param {number} x
 * @param {number} perStep
 * @param {number} count
 * @returns {Window}
 */
export function windowOf({ part, x: start, from }, x, perStep, count) {
  const by = Math.round((x - start) / perStep);
  const clamp = (/** @type {number} */ step) => Math.min(count - 1, Math.max(0, step));
  if (part === 'move') return moveWindow(from, by, count);
  if (part === 'from') return { low: Math.min(from.high, clamp(from.low + by)), high: from.high };
  if (part === 'to') return { low: from.low, high: Math.max(from.low, clamp(from.high + by)) };
  const [low, high] = [start, x].sort((a, b) => a - b).map((at) => (at - SIDE) / perStep);
  return { low: clamp(Math.floor(low)), high: clamp(Math.ceil(high) - 1) };
}

/**
 * The steps of the drawn column at a step.
 * @param {number} step
 * @param {number} size
 * @param {number} count
 * @returns {Window}
 */
function columnAt(step, size, count) {
  const low = Math.min(count - 1, Math.max(0, Math.floor(step / size) * size));
  return { low, high: Math.min(count - 1, low + size - 1) };
}
