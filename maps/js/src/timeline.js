// The filter of time: a histogram with a window to be moved over it, and the undated apart.

import { addBrush } from './brush.js';
import { dayText } from './dates.js';
import { button, make, numberText } from './dom.js';
import { TIME_BIT } from './filters.js';
import { unitsOf } from './steps.js';
import { makeDates } from './time_dates.js';
import { makeHandles, placeHandles } from './time_handles.js';
import { rangeParts, stepPart, undatedPart } from './time_kept.js';
import { makeTimeWindow } from './time_window.js';
import { makeBars } from './timeline_bars.js';
import { makePlay } from './timeline_play.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./time_window.js').TimeWindow} TimeWindow */

const HINT = 'Drag over the bars to choose a range.';

/**
 * The panel's body.
 * @param {App} app
 * @returns {HTMLElement}
 */
export function makeTimeline(app) {
  const undated = makeUndated(app);
  if (!app.incidents.dated) {
    return make('div', { class: 'im-text' }, make('p', {}, 'No incident here has a date.'), undated);
  }
  const span = makeTimeWindow(app);
  const { element: brush, sync: syncBrush, reset } = makeBrush(app, span);
  const said = make('output', { class: 'im-range' });
  const dates = makeDates(span, span.days);
  const rule = make('span', { class: 'im-times-rule' });
  const play = makePlay(span, () => !brush.closest('[hidden]'));
  const steps = makeStepChoice(app, span, () => {
    reset();
    sync();
  });
  const sync = (/** @type {import('./filters.js').Changed | undefined} */ what = 'time') => {
    const [from, to] = span.days();
    said.textContent = span.isBeyond() ? beyondText(app) : `${dayText(from)} to ${dayText(to)}`;
    rule.textContent = ruleText(app, span);
    syncBrush(what);
    dates.sync();
    play.sync();
  };
  app.onChange((what) => sync(what ?? 'rows'));
  rangeParts(app, span).forEach((part) => app.kept.add(part));
  sync();
  const all = button('Reset', () => span.setDays(span.first, span.last));
  const moves = make('span', { class: 'im-moves' }, ...play.buttons);
  const row = [said, moves, ...dates.elements, steps, undated, all, rule];
  return make('div', { class: 'im-times' }, brush, make('div', { class: 'im-times-row' }, ...row));
}

/**
 * Why the bars in the range are not all that is shown; nothing where every incident is of one day.
 * @param {App} app
 * @param {TimeWindow} span
 */
function ruleText({ incidents: { start, end, dated }, failures }, { days }) {
  if (start === end) return '';
  const [from] = days();
  let earlier = 0;
  for (let row = 0; row < dated && start[row] < from; row++) if (!failures[row]) earlier++;
  return `Bars: first days. Shown: any day in the range${earlier ? `; ${numberText(earlier)} began earlier` : ''}.`;
}

/**
 * A range that has no day of the incidents, in words.
 * @param {App} app
 */
function beyondText({ filters: { time } }) {
  const first = Number.isFinite(time.first) ? `from ${dayText(time.first)}` : '';
  const last = Number.isFinite(time.last) ? `to ${dayText(time.last)}` : '';
  return `${[first, last].filter(Boolean).join(' ')}: no incident`;
}

/**
 * Bars and handles.
 * @param {App} app
 * @param {TimeWindow} span
 */
function makeBrush(app, span) {
  const canvas = make('canvas', { class: 'im-bars', 'aria-hidden': 'true' });
  const note = make('span', { class: 'im-bar-note', 'aria-hidden': 'true' });
  const handles = makeHandles(span);
  const { from, move, to } = handles;
  const element = make('div', { class: 'im-brush', title: HINT }, canvas, from, move, to, note);
  const bars = makeBars(app, span, canvas);
  addBrush({
    element,
    span,
    handles,
    columnSize: bars.size,
    onHover: (step) => (note.textContent = step === undefined ? '' : bars.describe(step)),
  });
  /** @param {import('./filters.js').Changed} what */
  const sync = (what) => {
    handles.sync();
    placeHandles(element, span);
    bars.update(what);
  };
  return { element, sync, reset: bars.reset };
}

/**
 * The choice of steps, where there is one.
 * @param {App} app
 * @param {TimeWindow} span
 * @param {() => void} update
 */
function makeStepChoice(app, span, update) {
  const units = unitsOf(span.first, span.last);
  const boxes = units.map((unit) => make('input', { type: 'radio', name: 'im-step', value: unit }));
  const sync = () => boxes.forEach((box) => (box.checked = box.value === span.steps().unit));
  /** @param {import('./steps.js').Unit} unit */
  const choose = (unit) => {
    span.setUnit(unit);
    sync();
    update();
    app.kept.touched();
  };
  boxes.forEach((box, index) => box.addEventListener('change', () => choose(units[index])));
  app.kept.add(stepPart(span, choose));
  sync();
  if (units.length === 1) return '';
  const labels = boxes.map((box, index) => make('label', {}, box, make('span', {}, units[index])));
  return make('div', { class: 'im-steps', role: 'radiogroup', 'aria-label': 'Steps of a' }, make('b', {}, 'Steps of a'), ...labels);
}

/**
 * The switch of the incidents without a date, with their number.
 * @param {App} app
 */
function makeUndated(app) {
  const { count, dated } = app.incidents;
  if (count === dated) return '';
  const { time } = app.filters;
  const box = make('input', { type: 'checkbox', class: 'im-undated' });
  const text = make('span');
  const sync = () => {
    box.checked = time.undated;
    text.textContent = `undated (${numberText(countUndated(app))})`;
  };
  box.addEventListener('change', () => {
    time.undated = box.checked;
    app.changed('time');
  });
  app.onChange(sync);
  app.kept.add(undatedPart(app));
  sync();
  return make('label', {}, box, text);
}

/**
 * Incidents without a date that pass the other filters.
 * @param {App} app
 */
function countUndated({ incidents: { count, dated }, failures }) {
  let passing = 0;
  for (let row = dated; row < count; row++) if (!(failures[row] & ~TIME_BIT)) passing++;
  return passing;
}
