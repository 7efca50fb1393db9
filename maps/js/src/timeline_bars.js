// The histogram of the timeline: incidents by their first day, with what is in the window marked.

import { countBins, dayText, spanText } from './dates.js';
import { numberText } from './dom.js';
import { TIME_BIT } from './filters.js';
import { makeColumns, makeSteps } from './steps.js';
import { THEMES } from './theme.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./time_window.js').TimeWindow} TimeWindow */

/** Where the bars stand within the canvas, in CSS pixels; css/timeline.css says the same. */
export const SIDE = 28;
export const BARS_HEIGHT = 46;
/** More columns than this are finer than a pixel or two of a wide window. */
const MOST_COLUMNS = 240;
/** A range of fewer pixels is drawn so wide, to be seen. */
const LEAST_SHOWN = 2;
/** Room for a date of ten figures and some air. */
const TICK_WIDTH = 78;
/** The units between the ticks of the axis, finest first, and every how many of them. */
const TICKS = /** @type {[import('./steps.js').Unit, number][]} */ ([
  ['day', 1], ['day', 2], ['week', 1], ['week', 2], ['month', 1], ['month', 2], ['month', 3], ['month', 6],
  ['year', 1], ['year', 2], ['year', 5], ['year', 10], ['year', 20], ['year', 50], ['year', 100],
  ['year', 500], ['year', 1000],
]);

/**
 * The bars on a canvas. `update` after a change of filters counts anew, unless only the time has
 * changed: what passes the other filters is then as it was. `reset` is for other steps.
 * @param {App} app
 * @param {TimeWindow} span
 * @param {HTMLCanvasElement} canvas
 */
export function makeBars(app, span, canvas) {
  let columns = makeColumns(span.steps(), MOST_COLUMNS);
  /** @type {Uint32Array | undefined} */
  let counts;
  /** @type {{ count: number, width: number, ticks: { day: number, text: string }[] } | undefined} */
  let axis;
  // Known from the observer: to ask at each move would lay out the page in the middle of it.
  let size = { width: 0, height: 0 };
  const draw = () => {
    if (!size.width) return;
    const { start, dated } = app.incidents;
    counts ??= countBins(columns.starts, start, dated, app.failures, TIME_BIT);
    const { count } = span.steps();
    if (axis?.count !== count || axis.width !== size.width) {
      const ticks = ticksOf(span, Math.floor((size.width - 2 * SIDE) / TICK_WIDTH));
      axis = { count, width: size.width, ticks };
    }
    paint(canvas, size, span, { ...columns, counts, ticks: axis.ticks }, THEMES[app.settings.theme]);
  };
  const follow = () => {
    size = { width: canvas.clientWidth, height: canvas.clientHeight };
    draw();
  };
  new ResizeObserver(follow).observe(canvas);
  app.onSetting(draw);
  return {
    /** @param {import('./filters.js').Changed} [what] */
    update(what) {
      if (what !== 'time') counts = undefined;
      draw();
    },
    reset() {
      columns = makeColumns(span.steps(), MOST_COLUMNS);
      counts = axis = undefined;
      draw();
    },
    size: () => columns.size,
    /** @param {number} step */
    describe(step) {
      const column = Math.floor(step / columns.size);
      const text = spanText(columns.starts[column], columns.starts[column + 1] - 1);
      return `${text}: ${numberText(counts?.[column] ?? 0)}`;
    },
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{ width: number, height: number }} size in CSS pixels
 * @param {TimeWindow} span
 * @param {{ counts: Uint32Array, size: number, ticks: { day: number, text: string }[] }} columns
 * @param {import('./theme.js').Theme} theme
 */
function paint(canvas, { width, height }, span, columns, theme) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  context.scale(ratio, ratio);
  const { count } = span.steps();
  const { low, high } = span.get();
  const perStep = (width - 2 * SIDE) / count;
  const [left, right] = [SIDE + low * perStep, SIDE + (high + 1) * perStep];
  paintTicks(context, span, columns.ticks, perStep, theme);
  if (!span.isAll()) {
    context.globalAlpha = 0.12;
    context.fillStyle = theme.bar;
    context.fillRect(left, 0, right - left, BARS_HEIGHT);
    context.globalAlpha = 1;
  }
  paintColumns(context, columns, perStep, theme.barRest);
  context.save();
  context.beginPath();
  // Of a bar that the range covers in part, that part.
  const [from, to] = span.edges().map((edge) => SIDE + edge * perStep);
  context.rect(from, 0, Math.max(LEAST_SHOWN, to - from), BARS_HEIGHT);
  context.clip();
  paintColumns(context, columns, perStep, theme.bar);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ counts: Uint32Array, size: number }} columns
 * @param {number} perStep
 * @param {string} colour
 */
function paintColumns(context, { counts, size }, perStep, colour) {
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const wide = perStep * size;
  const gap = wide > 4 ? 1 : 0;
  context.fillStyle = colour;
  counts.forEach((count, column) => {
    const tall = count ? Math.max(2, (count / most) * (BARS_HEIGHT - 3)) : 0;
    context.fillRect(SIDE + column * wide + gap / 2, BARS_HEIGHT - tall, wide - gap, tall);
  });
}

/**
 * The axis and its dates.
 * @param {CanvasRenderingContext2D} context
 * @param {TimeWindow} span
 * @param {{ day: number, text: string }[]} ticks
 * @param {number} perStep
 * @param {import('./theme.js').Theme} theme
 */
function paintTicks(context, span, ticks, perStep, theme) {
  const steps = span.steps();
  const width = perStep * steps.count;
  context.fillStyle = theme.ink;
  context.globalAlpha = 0.4;
  context.fillRect(SIDE, BARS_HEIGHT, width, 1);
  context.globalAlpha = 0.8;
  context.font = '10px system-ui, sans-serif';
  context.textAlign = 'center';
  for (const { day, text } of ticks) {
    const x = SIDE + steps.share(day) * perStep;
    context.fillRect(Math.round(x), BARS_HEIGHT, 1, 5);
    context.fillText(text, x, BARS_HEIGHT + 29);
  }
  context.globalAlpha = 1;
}

/**
 * Days to write below the bars, at most so many, or one.
 * @param {{ first: number, last: number, steps: () => import('./steps.js').Steps }} span
 * @param {number} most
 * @returns {{ day: number, text: string }[]}
 */
export function ticksOf({ first, last, steps }, most) {
  const from = steps().start(0);
  const finest = TICKS.findIndex(([unit]) => unit === steps().unit);
  for (const [unit, every] of TICKS.slice(finest)) {
    const marks = makeSteps(unit, first, last);
    if (marks.count / every > most + 1) continue;
    const days = Array.from({ length: marks.count }, (_, mark) => marks.start(mark));
    const ticks = days.filter((day) => day >= from && isNth(day, unit, every));
    if (ticks.length && ticks.length <= most) return ticks.map((day) => ({ day, text: tickText(day, unit) }));
  }
  return [{ day: first, text: dayText(first) }];
}

/**
 * Whether a day that begins a unit is one of those that bear a tick: round years, first months.
 * @param {number} day
 * @param {import('./steps.js').Unit} unit
 * @param {number} every
 */
function isNth(day, unit, every) {
  const date = new Date(day * 86_400_000);
  if (unit === 'year') return date.getUTCFullYear() % every === 0;
  if (unit === 'month') return date.getUTCMonth() % every === 0;
  return Math.floor((day + 3) / (unit === 'week' ? 7 : 1)) % every === 0;
}

/**
 * @param {number} day
 * @param {import('./steps.js').Unit} unit
 */
function tickText(day, unit) {
  const text = dayText(day);
  if (unit === 'year') return text.slice(0, -6);
  return unit === 'month' ? text.slice(0, -3) : text;
}
