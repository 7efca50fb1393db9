// Incidents as density: a soft dot for each place, summed up on cells of two pixels, by logarithm.

import { wrapPixel } from './clusters.js';
import { RAMPS, numberText, spreadRamp } from './classes.js';
import { countOf } from './dom.js';
import { rowsAt } from './incidents.js';
import { toPosition, widthOfKm } from './project.js';
import { total } from './by_place.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./clusters.js').View} View */

/** @typedef {{ values: Float32Array, columns: number, rows: number }} Grid */

const CELL = 2;
/** A dot from its middle outwards, in cells: a Gaussian, round however many lie upon each other. */
const KERNEL = [1, 0.66, 0.19, 0.024];
/** Cells beyond the window in which the dots of places outside it end. */
const EDGE = KERNEL.length - 1;
/** Radius in pixels of a disc as large as a dot's sum: what a cell's number is of. */
const REACH = (CELL * KERNEL.reduce((a, b) => a + 2 * b)) / Math.sqrt(Math.PI);
/** Alpha of a whole incident, of 255. */
const FULL = 230;
const STEPS = 256;
/** How near to the pointer a place must be to be opened, in pixels. */
const NEAR = 8;

/**
 * @param {App} app
 * @returns {import('./views.js').Picture}
 */
export function makeDensity(app) {
  const { places } = app.incidents;
  let most = 0;
  let shownKm = 0;
  /** @type {View | undefined} */
  let drawn;
  return {
    count: () => {},
    draw(context, view) {
      const grid = blur(gather(places, app.counts, view));
      most = 0;
      const { values } = grid;
      for (let at = 0; at < values.length; at++) if (values[at] > most) most = values[at];
      drawn = view;
      const { lat } = toPosition(0, (view.top + view.height / 2) / view.scale);
      shownKm = REACH / view.scale / widthOfKm(lat);
      paint(context, grid, most, RAMPS[app.settings.theme].density);
      return { boxes: [], said: [] };
    },
    find(x, y) {
      if (!drawn) return undefined;
      const near = placesNear(places, app.counts, drawn, x, y);
      if (!near.length) return undefined;
      const count = near.reduce((sum, place) => sum + app.counts[place], 0);
      return { lines: [countOf(count, 'incident')], rows: () => rowsAt(app.incidents, near, app.failures) };
    },
    legend: () => ({
      title: 'Density of incidents',
      items: [{ ramp: rampOf(RAMPS[app.settings.theme].density, most), text: '' }],
      notes: notesOf(app, app.counts, shownKm),
    }),
  };
}

/**
 * Incidents of the places that are points, in cells of the window.
 * @param {Pick<import('./incidents.js').Places, 'x' | 'y' | 'vague'>} places
 * @param {Uint32Array} counts
 * @param {View} view
 * @returns {Grid}
 */
export function gather({ x, y, vague }, counts, view) {
  const columns = Math.ceil(view.width / CELL) + 2 * EDGE;
  const rows = Math.ceil(view.height / CELL) + 2 * EDGE;
  const values = new Float32Array(columns * rows);
  const scale = view.scale / CELL;
  const left = view.left / CELL - EDGE;
  const top = view.top / CELL - EDGE;
  for (let place = 1; place < counts.length; place++) {
    if (!counts[place] || vague[place]) continue;
    const row = y[place] * scale - top;
    if (row < 0 || row >= rows) continue;
    let column = x[place] * scale - left;
    // Another copy of the world may be the one in the window.
    if (column < 0 || column >= columns) column -= Math.round((column - columns / 2) / scale) * scale;
    if (column >= 0 && column < columns) values[Math.trunc(row) * columns + Math.trunc(column)] += counts[place];
  }
  return { values, columns, rows };
}

/**
 * Each cell spread over those about it, so that one incident is 1 in its own.
 * @param {Grid} grid
 * @returns {Grid}
 */
export function blur({ values, columns, rows }) {
  const across = new Float32Array(values.length);
  const blurred = new Float32Array(values.length);
  spread(values, across, 1);
  spread(across, blurred, columns);
  return { values: blurred, columns, rows };
}

/**
 * Every number spread over its neighbours one way. The outermost cells lie outside the window and
 * stay empty, as does what would run over from one row into the next: it lands there.
 * @param {Float32Array} from
 * @param {Float32Array} to
 * @param {number} step to the next neighbour
 */
function spread(from, to, step) {
  const [own, next, second, third] = KERNEL;
  const end = from.length - 3 * step;
  for (let at = 3 * step; at < end; at++) {
    to[at] = own * from[at] + next * (from[at - step] + from[at + step])
      + second * (from[at - 2 * step] + from[at + 2 * step])
      + third * (from[at - 3 * step] + from[at + 3 * step]);
  }
}

/** Bits of 1 as a 32-bit number of floating point. */
const ONE = 0x3f800000;

/**
 * The step of the ramp of each number, by logarithm, so that one incident is seen beside a
 * thousand. The bits of such a number, exponent first, are its logarithm in straight pieces.
 * @param {Float32Array} values
 * @param {number} most
 * @returns {(at: number) => number}
 */
export function stepper(values, most) {
  const bits = new Int32Array(values.buffer);
  const top = new Int32Array(Float32Array.of(most).buffer)[0];
  const factor = top > ONE ? (STEPS - 1) / (top - ONE) : 0;
  return (at) => (bits[at] > ONE ? ((bits[at] - ONE) * factor) | 0 : 0);
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
  const colours = Uint32Array.from(spreadRamp(ramp, STEPS), ([r, g, b]) => r | (g << 8) | (b << 16));
  const stepOf = stepper(values, most);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value) pixels[at] = colours[stepOf(at)] | ((value < 1 ? value * FULL : FULL) << 24);
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
 * @returns {import('./legend.js').Ramp}
 */
function rampOf(ramp, most) {
  const top = Math.round(most);
  const marks = top > 3 ? [1, Math.round(Math.sqrt(top)), top] : top > 1 ? [1, top] : top ? [1] : [];
  return { colours: ramp, ends: ['fewer', 'more incidents'], marks: marks.map(numberText) };
}
