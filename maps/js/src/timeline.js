// The filter of time: a histogram with two handles, and the undated apart.

import { binOf, countBins, dayText, makeBins } from './dates.js';
import { button, make } from './dom.js';
import { TIME_BIT } from './filters.js';

/** @typedef {import('./app.js').App} App */

const PLAY_MS = 350;

/**
 * The panel's body.
 * @param {App} app
 * @returns {HTMLElement}
 */
export function makeTimeline(app) {
  const { incidents } = app;
  const undated = makeUndated(app);
  if (!incidents.dated) {
    return make('div', { class: 'im-text' }, make('p', {}, 'No incident here has a date.'), undated);
  }
  const [first, last] = daysOf(app);
  const { starts, unit } = makeBins(first, last);
  const canvas = make('canvas', { class: 'im-bars', 'aria-hidden': 'true' });
  const from = slider('First day shown', starts.length - 2, 0);
  const to = slider('Last day shown', starts.length - 2, starts.length - 2);
  const said = make('output', { class: 'im-range' });
  const draw = () => drawBars(canvas, app, starts, +from.value, +to.value);

  const update = () => {
    const [low, high] = [+from.value, +to.value];
    const { time } = app.filters;
    time.first = low === 0 ? -Infinity : starts[low];
    time.last = high === starts.length - 2 ? Infinity : starts[high + 1] - 1;
    const text = `${dayText(Math.max(starts[low], first))} to ${dayText(Math.min(starts[high + 1] - 1, last))}`;
    said.textContent = text;
    from.setAttribute('aria-valuetext', dayText(starts[low]));
    to.setAttribute('aria-valuetext', dayText(starts[high + 1] - 1));
    app.changed('time');
  };
  from.addEventListener('input', () => {
    if (+from.value > +to.value) to.value = from.value;
    update();
  });
  to.addEventListener('input', () => {
    if (+to.value < +from.value) from.value = to.value;
    update();
  });
  app.onChange(draw, canvas);
  new ResizeObserver(draw).observe(canvas);

  const play = makePlay(from, to, starts.length - 1, update);
  const reset = button('Reset', () => {
    from.value = '0';
    to.value = String(starts.length - 2);
    update();
  });
  update();
  return make(
    'div',
    { class: 'im-times' },
    make('div', { class: 'im-brush' }, canvas, from, to),
    make('div', { class: 'im-times-row' }, said, make('span', { class: 'im-quiet' }, `by ${unit}`), undated, play, reset),
  );
}

/**
 * First and last day of all incidents.
 * @param {App} app
 * @returns {[number, number]}
 */
function daysOf({ incidents: { start, end, dated } }) {
  let last = start[0];
  for (let row = 0; row < dated; row++) last = Math.max(last, end[row]);
  return [start[0], last];
}

/**
 * @param {string} label
 * @param {number} most
 * @param {number} value
 */
function slider(label, most, value) {
  return make('input', { type: 'range', min: 0, max: most, step: 1, value, 'aria-label': label });
}

/** @param {App} app */
function makeUndated(app) {
  const count = app.incidents.count - app.incidents.dated;
  if (!count) return '';
  const box = make('input', { type: 'checkbox', checked: true, class: 'im-undated' });
  box.addEventListener('change', () => {
    app.filters.time.undated = box.checked;
    app.changed('time');
  });
  return make('label', {}, box, ` undated (${count.toLocaleString('en')})`);
}

/**
 * A button that moves the window of time to the end, one bin at a time.
 * @param {HTMLInputElement} from
 * @param {HTMLInputElement} to
 * @param {number} bins
 * @param {() => void} update
 */
function makePlay(from, to, bins, update) {
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = 'Play';
  };
  const step = () => {
    if (+to.value >= bins - 1) return stop();
    from.value = String(+from.value + 1);
    to.value = String(+to.value + 1);
    update();
  };
  const play = button('Play', () => {
    if (timer) return stop();
    if (+to.value >= bins - 1) {
      const width = Math.min(+to.value - +from.value, Math.ceil(bins / 8));
      from.value = '0';
      to.value = String(width);
      update();
    }
    play.textContent = 'Stop';
    timer = window.setInterval(step, PLAY_MS);
  });
  return play;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {App} app
 * @param {number[]} starts
 * @param {number} low
 * @param {number} high
 */
function drawBars(canvas, app, starts, low, high) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext('2d');
  if (!width || !context) return;
  canvas.width = width * 2;
  canvas.height = height * 2;
  context.scale(2, 2);
  const { start, dated } = app.incidents;
  const { all, shown } = countBins(starts, start, dated, app.failures, TIME_BIT);
  const most = all.reduce((a, b) => Math.max(a, b), 1);
  const step = width / all.length;
  all.forEach((count, bin) => {
    const tall = count ? Math.max(2, (count / most) * (height - 4)) : 0;
    const inside = bin >= low && bin <= high;
    context.fillStyle = inside && shown[bin] ? '#2f6690' : '#c3ccd3';
    context.fillRect(bin * step + 0.5, height - tall, Math.max(1, step - 1), tall);
  });
}

export { binOf };
