// Sums over places by the cells of a grid that is fixed to the ground, kept from one filter to the
// next while the window stands.

import { wrapPixel } from './clusters.js';
import { makeGridSums } from './grid_sums.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./gather.js').Points} Points */
/** @typedef {import('./running_counts.js').Tally} Tally */

/** Width of a cell in pixels: about a mark's and its neighbour's. */
export const CELL = 64;

/**
 * Sums by cell, of which the first stands for what is outside.
 * @typedef {object} Grid
 * @property {View} view
 * @property {Uint16Array} slots each place's cell, 0 outside the window
 * @property {number} columns
 * @property {number} rows
 * @property {number} across cells from the first column to the window's left edge
 * @property {number} down
 * @property {Float64Array} count
 * @property {Float64Array} x pixels, times the count
 * @property {Float64Array} y
 * @property {Float64Array} vague
 * @property {Float64Array} size how many places
 * @property {Float64Array} sum of their indices: where there is one place, it is that
 * @property {number} found how many places in all
 * @property {Uint32Array | undefined} byType
 * @property {boolean} isWhole whether all places are in their cells, so that it can be kept
 * @property {Tally['window']} window of which the sums are, where they are not kept row by row
 * @property {((window: NonNullable<Tally['window']>) => number) | undefined} sumUp writes the sums of
 *   a window of its era and gives how many rows they are of
 * @property {object | undefined} era
 */

/** @type {WeakMap<Points, Grid>} the last grid of these points */
const kept = new WeakMap();

/**
 * @param {Points} points
 * @param {View} view
 * @param {number} margin
 * @returns {Grid}
 */
export function makeGrid(points, view, margin) {
  const { left, top, width, height } = view;
  const slots = kept.get(points)?.slots ?? new Uint16Array(points.places.x.length);
  const [firstColumn, firstRow] = [Math.floor((left - margin) / CELL), Math.floor((top - margin) / CELL)];
  const columns = Math.floor((left + width + margin) / CELL) - firstColumn + 1;
  const rows = Math.floor((top + height + margin) / CELL) - firstRow + 1;
  const [count, x, y, vague, size, sum] = Array.from({ length: 6 }, () => new Float64Array(columns * rows + 2));
  const [across, down] = [left / CELL - firstColumn, top / CELL - firstRow];
  /** @type {Grid} */
  const grid = {
    view, slots, columns, rows, across, down, count, x, y, vague, size, sum, found: 0, byType: undefined,
    isWhole: false, window: undefined, sumUp: undefined, era: undefined,
  };
  fillGrid(points, margin, grid);
  kept.set(points, grid);
  points.tally.follow = (turned) => isFollowing(points, grid) && follow(points, grid, turned);
  return grid;
}

/**
 * The last grid, brought up to the filters, if it is of the same window of the map and shows more
 * places than `most`.
 * @param {Points} points
 * @param {View} view
 * @param {number} most
 * @returns {Grid | undefined}
 */
export function keptGrid(points, view, most) {
  const grid = kept.get(points);
  if (!grid || !isFollowing(points, grid) || !isSameView(grid.view, view)) return undefined;
  const { window } = points.tally;
  if (window && window !== grid.window && points.place.length / mostAtOne(points) > most && !points.places.wide) {
    if (grid.era !== window.era) Object.assign(grid, { era: window.era, sumUp: makeGridSums(points, grid) });
    grid.window = window;
    // So many rows are at no fewer places than these.
    grid.found = (grid.sumUp?.(window) ?? 0) / mostAtOne(points);
    return grid.found > most ? grid : undefined;
  }
  if (grid.window) return grid.window === window ? grid : undefined;
  // To ask for the counts by place is to have them followed.
  return points.tally.places && grid;
}

/**
 * Whether a grid has all its sums, so that it can be kept up with the filters.
 * @param {Points} points
 * @param {Grid} grid
 */
const isFollowing = ({ tally }, { isWhole, byType }) => isWhole && Boolean(byType) && !tally.placeTypes;

/**
 * @param {View} one
 * @param {View} other
 */
function isSameView(one, other) {
  return one.scale === other.scale && one.left === other.left && one.top === other.top
    && one.width === other.width && one.height === other.height;
}

/** @type {WeakMap<object, number>} */
const mosts = new WeakMap();

/**
 * The most rows that any place has, whatever the filters are.
 * @param {Points} points
 */
function mostAtOne({ place, places }) {
  let found = mosts.get(place);
  if (found === undefined) {
    const counts = new Uint32Array(places.x.length);
    for (let row = 0; row < place.length; row++) counts[place[row]]++;
    counts[0] = 0;
    found = counts.reduce((a, b) => Math.max(a, b), 1);
    mosts.set(place, found);
  }
  return found;
}

/**
 * @param {Points} points
 * @param {Grid} grid
 * @param {Uint32Array} turned rows that were let in or shut out, as turns.js has them
 */
function follow(points, grid, turned) {
  const { places: { x, y, vague }, place, type, types } = points;
  const { view, slots, count, x: sumX, y: sumY, vague: vagueCount, size, sum, byType } = grid;
  if (!byType || grid.window) return;
  let found = 0;
  const { scale, left, top, width } = view;
  const [least, most] = [width / 2 - scale / 2, width / 2 + scale / 2];
  for (let index = 0; index < turned.length; index++) {
    const row = turned[index] >>> 2;
    const at = place[row];
    const cell = slots[at];
    if (!cell) continue;
    const sign = (turned[index] & 2) - 1;
    let right = x[at] * scale - left;
    if (right > most || right < least) right = wrapPixel(x[at], view);
    count[cell] += sign;
    sumX[cell] += sign * right;
    sumY[cell] += sign * (y[at] * scale - top);
    if (vague[at]) vagueCount[cell] += sign;
    byType[cell * types + type[row]] += sign;
    if (!(turned[index] & 1)) continue;
    size[cell] += sign;
    sum[cell] += sign * at;
    found += sign;
  }
  grid.found += found;
}

/**
 * Puts each place into its cell; one whose mark lies beyond the margin, and only its area in the
 * window, into the last. Those that have rows are summed up.
 * @param {Points} points
 * @param {number} margin
 * @param {Grid} grid written to
 */
function fillGrid({ places, tally }, margin, grid) {
  const { x, y, vague, wide } = places;
  const { places: counts } = tally;
  const { scale, left, top, width, height } = grid.view;
  const { slots, columns, rows, across, down: above } = grid;
  const beyond = columns * rows + 1;
  const [least, most] = [width / 2 - scale / 2, width / 2 + scale / 2];
  slots[0] = 0;
  for (let place = 1; place < x.length; place++) {
    slots[place] = 0;
    const down = y[place] * scale - top;
    let right = x[place] * scale - left;
    if (right > most || right < least) right = wrapPixel(x[place], grid.view);
    const isNear = right >= -margin && right <= width + margin && down >= -margin && down <= height + margin;
    let cell = beyond;
    if (isNear) cell = 1 + ((right / CELL + across) | 0) * rows + ((down / CELL + above) | 0);
    else {
      if (!wide || !wide[place]) continue;
      const edge = margin + places.reachOf(place) * scale;
      if (right < -edge || right > width + edge || down < -edge || down > height + edge) continue;
    }
    slots[place] = cell;
    const count = counts[place];
    if (!count) continue;
    grid.count[cell] += count;
    grid.x[cell] += right * count;
    grid.y[cell] += down * count;
    if (vague[place]) grid.vague[cell] += count;
    grid.size[cell]++;
    grid.sum[cell] += place;
    grid.found++;
  }
}

/**
 * @param {Points} points
 * @param {View} view
 * @param {Grid} grid
 * @param {number} place
 */
export function takeOut({ places, tally }, view, grid, place) {
  const cell = grid.slots[place];
  const count = tally.places[place];
  grid.count[cell] -= count;
  grid.x[cell] -= wrapPixel(places.x[place], view) * count;
  grid.y[cell] -= (places.y[place] * view.scale - view.top) * count;
  grid.vague[cell] -= count;
  grid.size[cell]--;
  grid.sum[cell] -= place;
}
