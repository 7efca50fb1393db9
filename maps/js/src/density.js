// Incidents as density: a soft dot for each place, summed up on cells of two pixels, by logarithm.

import { wrapPixel } from './clusters.js';
import { RAMPS, numberText, spreadRamp } from './classes.js';
import { countOf, make } from './dom.js';
import { rowsAt } from './incidents.js';
import { toPosition, widthOfKm } from './project.js';
import { countByPlace, total } from './tally.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./clusters.js').View} View */

/** @typedef {{ values: Float32Array, columns: number, rows: number }} Grid */

const CELL = 2;
/** Cells beyond the window in which the dots of places outside it end. */
const EDGE = 2;
/** Pixels about a cell that its number is of: the kernel's sum is nine cells. */
const REACH = CELL * Math.sqrt(9 / Math.PI);
const ALPHA = 0.9;
const STEPS = 256;
/** How near to the pointer a place must be to be opened, in pixels. */
const NEAR = 8;

/**
 * @param {App} app
 * @returns {import('./views.js').Picture}
 */
export function makeDensity(app) {
  const { places } = app.incidents;
  let counts = countByPlace(app);
  let most = 0;
  let shownKm = 0;
  /** @type {View | undefined} */
  let drawn;
  return {
    count() {
      counts = countByPlace(app);
    },
    draw(context, view) {
      const grid = blur(gather(places, counts, view));
      most = grid.values.reduce((a, b) => (a > b ? a : b), 0);
      drawn = view;
      const { lat } = toPosition(0, (view.top + view.height / 2) / view.scale);
      shownKm = REACH / view.scale / widthOfKm(lat);
      paint(context, grid, most, RAMPS[app.settings.theme].density);
      return { boxes: [], said: [] };
    },
    find(x, y) {
      if (!drawn) return undefined;
      const near = placesNear(places, counts, drawn, x, y);
      if (!near.length) return undefined;
      const count = near.reduce((sum, place) => sum + counts[place], 0);
      return { lines: [countOf(count, 'incident')], rows: () => rowsAt(app.incidents, near, app.failures) };
    },
    legend: () => ({
      title: 'Density of incidents',
      items: [{ swatch: makeRamp(RAMPS[app.settings.theme].density, most), text: '' }],
      notes: notesOf(app, counts, shownKm),
    }),
  };
}

/**
 * Incidents of the places that are points, in cells of the window.
 * @param {import('./incidents.js').Places} places
 * @param {Uint32Array} counts
 * @param {View} view
 * @returns {Grid}
 */
export function gather({ x, y, vague }, counts, view) {
  const columns = Math.ceil(view.width / CELL) + 2 * EDGE;
  const rows = Math.ceil(view.height / CELL) + 2 * EDGE;
  const values = new Float32Array(columns * rows);
  for (let place = 1; place < counts.length; place++) {
    if (!counts[place] || vague[place]) continue;
    const row = Math.floor((y[place] * view.scale - view.top) / CELL) + EDGE;
    if (row < 0 || row >= rows) continue;
    const column = Math.floor(wrapPixel(x[place], view) / CELL) + EDGE;
    if (column >= 0 && column < columns) values[row * columns + column] += counts[place];
  }
  return { values, columns, rows };
}

/**
 * Each cell spread over those about it, five wide and high, so that one incident is 1 in its own.
 * @param {Grid} grid
 * @returns {Grid}
 */
export function blur({ values, columns, rows }) {
  const across = new Float32Array(values.length);
  const filled = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    for (let at = from; at < from + columns; at++) {
      const value = values[at];
      if (!value) continue;
      filled[row] = 1;
      for (let step = -2; step <= 2; step++) {
        const to = at + step;
        if (to >= from && to < from + columns) across[to] += value * (1 - Math.abs(step) / 3);
      }
    }
  }
  const blurred = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    if (!filled[row]) continue;
    for (let step = -2; step <= 2; step++) {
      if (row + step < 0 || row + step >= rows) continue;
      const share = 1 - Math.abs(step) / 3;
      const from = row * columns;
      const shift = step * columns;
      for (let at = from; at < from + columns; at++) blurred[at + shift] += across[at] * share;
    }
  }
  return { values: blurred, columns, rows };
}

/**
 * Where on the ramp a number stands, 0 to 1: by logarithm, so that one incident is seen beside a
 * thousand.
 * @param {number} value
 * @param {number} most
 */
export function shareOf(value, most) {
  return most > 1 ? Math.min(1, Math.max(0, Math.log(value) / Math.log(most))) : 0;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Grid} grid
 * @param {number} most
 * @param {string[]} ramp
 */
function paint(context, { values, columns, rows }, most, ramp) {
  const aside = document.createElement('canvas');
  aside.width = columns;
  aside.height = rows;
  const inner = aside.getContext('2d');
  if (!inner) return;
  const image = inner.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = spreadRamp(ramp, STEPS).map(([r, g, b]) => r | (g << 8) | (b << 16));
  const factor = most > 1 ? (STEPS - 1) / Math.log(most) : 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (!value) continue;
    const step = value > 1 ? (Math.log(value) * factor) | 0 : 0;
    const alpha = value < 1 ? value * ALPHA * 255 : ALPHA * 255;
    pixels[at] = (colours[step] | (alpha << 24)) >>> 0;
  }
  inner.putImageData(image, 0, 0);
  context.drawImage(aside, -EDGE * CELL, -EDGE * CELL, columns * CELL, rows * CELL);
}

/**
 * @param {import('./incidents.js').Places} places
 * @param {Uint32Array} counts
 * @param {View} view
 * @param {number} x
 * @param {number} y
 * @returns {number[]}
 */
function placesNear(places, counts, view, x, y) {
  const found = [];
  for (let place = 1; place < counts.length; place++) {
    if (!counts[place] || places.vague[place]) continue;
    if (Math.abs(places.y[place] * view.scale - view.top - y) > NEAR) continue;
    if (Math.abs(wrapPixel(places.x[place], view) - x) <= NEAR) found.push(place);
  }
  return found;
}

/**
 * @param {App} app
 * @param {Uint32Array} counts
 * @param {number} km
 * @returns {string[]}
 */
function notesOf(app, counts, km) {
  const { vague } = app.incidents.places;
  const areas = total(counts.filter((_, place) => vague[place]));
  const notes = [`Incidents within about ${km < 10 ? Number(km.toPrecision(1)) : Math.round(km)} km of a spot, in this window.`];
  if (areas) notes.push(`${countOf(areas, 'incident')} known only to an area ${areas === 1 ? 'is' : 'are'} not in this picture.`);
  if (counts[0]) notes.push(`${countOf(counts[0], 'incident')} without a location ${counts[0] === 1 ? 'is' : 'are'} not in it.`);
  return notes;
}

/**
 * The ramp with its numbers: one incident, the middle of the logarithm, the most.
 * @param {string[]} ramp
 * @param {number} most
 */
function makeRamp(ramp, most) {
  const bar = make('canvas', { class: 'im-ramp', width: STEPS, height: 1, 'aria-hidden': 'true' });
  const context = bar.getContext('2d');
  spreadRamp(ramp, STEPS).forEach(([r, g, b], step) => {
    if (!context) return;
    context.fillStyle = `rgb(${r} ${g} ${b})`;
    context.fillRect(step, 0, 1, 1);
  });
  const top = Math.round(most);
  const marks = top > 3 ? [1, Math.round(Math.sqrt(top)), top] : top > 1 ? [1, top] : top ? [1] : [];
  const frame = make(
    'div',
    { class: 'im-ramp-frame' },
    make('div', { class: 'im-ramp-marks' }, make('span', {}, 'fewer'), make('span', {}, 'more incidents')),
    bar,
    make('div', { class: 'im-ramp-marks' }, ...marks.map((mark) => make('span', {}, numberText(mark)))),
  );
  frame.dataset.key = `${ramp[0]} ${top}`;
  return frame;
}
