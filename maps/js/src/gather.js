// What a window shows, gathered from all places: each a group of its own where they are few, the
// cells of a grid that is fixed to the ground where they are many. Only what is in the window
// becomes an object.

import { wrapPixel } from './clusters.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./incidents.js').Places} Places */
/** @typedef {import('./tally.js').Tally} Tally */

/**
 * What the groups are made from.
 * @typedef {object} Points
 * @property {Pick<Places, 'x' | 'y' | 'vague' | 'wide' | 'extentOf' | 'reachOf'>} places
 * @property {import('./decode.js').Column} place each row's place, 0 for none
 * @property {import('./decode.js').Column} type event type of each row
 * @property {number} types how many event types there are
 * @property {Uint16Array} failures
 * @property {Pick<Tally, 'places' | 'placeTypes'>} tally
 */

/**
 * @typedef {object} Gathered
 * @property {Group[]} groups
 * @property {Group[] | undefined} areas those that are drawn as areas, where cells were made
 * @property {(group: Group) => number[]} placesOf the places of a group
 */

/** Up to so many places in a window are groups of their own; the layout joins what is too close. */
export const MOST_SINGLE = 2000;
/** Width of a cell in pixels: about a mark's and its neighbour's. */
export const CELL = 64;

/** A place outside the window, one in the grid, and then those that stand alone. */
const OUTSIDE = 0;

/**
 * The groups of a window.
 * @param {Points} points
 * @param {View} view
 * @param {number} margin pixels beyond the window's edge, beside the reach of each place
 * @param {(wide: number[]) => number[]} chooseAreas which of the wide places are drawn as areas
 * @param {number} [most] places that become groups of their own
 * @returns {Gathered}
 */
export function gatherGroups(points, view, margin, chooseAreas, most = MOST_SINGLE) {
  const grid = makeGrid(view, margin);
  const slots = slotsFor(points);
  const found = fillGrid(points, view, margin, grid, slots);
  if (found <= most) {
    const groups = singleGroups(points, view, placesIn(slots), slots);
    return { groups, areas: undefined, placesOf: (group) => group.places };
  }
  const chosen = chooseAreas(widePlaces(points, slots));
  for (const place of chosen) takeOut(points, view, grid, slots, place);
  const last = grid.count.length;
  chosen.forEach((place, index) => (slots[place] = last + index));
  const byType = countTypes(points, slots, last + chosen.length);
  const areas = chosen.map((place, index) => makeSingle(points, view, place, byType(last + index)));
  const groups = [...areas, ...cellGroups(grid, byType)];
  return { groups, areas, placesOf: (group) => [...group.places, ...(group.cells.length ? placesIn(slots, group.cells) : [])] };
}

/**
 * Sums by cell.
 * @typedef {object} Grid
 * @property {number} firstColumn
 * @property {number} firstRow
 * @property {number} columns
 * @property {number} rows
 * @property {Float64Array} count
 * @property {Float64Array} x pixels, times the count
 * @property {Float64Array} y
 * @property {Float64Array} vague
 * @property {Float64Array} size how many places
 * @property {Float64Array} sum of their indices: where there is one place, it is that
 */

/**
 * @param {View} view
 * @param {number} margin
 * @returns {Grid}
 */
function makeGrid({ left, top, width, height }, margin) {
  const [firstColumn, firstRow] = [Math.floor((left - margin) / CELL), Math.floor((top - margin) / CELL)];
  const columns = Math.floor((left + width + margin) / CELL) - firstColumn + 1;
  const rows = Math.floor((top + height + margin) / CELL) - firstRow + 1;
  const [count, x, y, vague, size, sum] = Array.from({ length: 6 }, () => new Float64Array(columns * rows + 2));
  return { firstColumn, firstRow, columns, rows, count, x, y, vague, size, sum };
}

/** @type {WeakMap<Points, Uint16Array>} */
const kept = new WeakMap();

/**
 * An array of a number a place: its cell and one in the grid, or 0 outside the window.
 * @param {Points} points
 */
function slotsFor(points) {
  const slots = kept.get(points) ?? new Uint16Array(points.places.x.length);
  kept.set(points, slots);
  return slots;
}

/**
 * Puts each place that has rows into its cell; one whose mark lies beyond the margin, and only its
 * area in the window, into the last.
 * @param {Points} points
 * @param {View} view
 * @param {number} margin
 * @param {Grid} grid
 * @param {Uint16Array} slots written to
 * @returns {number} how many places
 */
function fillGrid({ places, tally }, view, margin, grid, slots) {
  const { x, y, vague, wide } = places;
  const { places: counts } = tally;
  const { scale, left, top, width, height } = view;
  const { firstColumn, firstRow, columns, rows } = grid;
  const beyond = columns * rows + 1;
  const [middle, half] = [width / 2, scale / 2];
  let found = 0;
  slots[0] = OUTSIDE;
  for (let place = 1; place < x.length; place++) {
    slots[place] = OUTSIDE;
    const count = counts[place];
    if (!count) continue;
    const down = y[place] * scale - top;
    let right = x[place] * scale - left;
    if (right > middle + half || right < middle - half) right = wrapPixel(x[place], view);
    const isNear = right >= -margin && right <= width + margin && down >= -margin && down <= height + margin;
    if (!isNear) {
      if (!wide || !wide[place]) continue;
      const edge = margin + places.reachOf(place) * scale;
      if (right < -edge || right > width + edge || down < -edge || down > height + edge) continue;
    }
    const column = Math.floor((right + left) / CELL) - firstColumn;
    const cell = isNear ? 1 + column * rows + Math.floor((down + top) / CELL) - firstRow : beyond;
    slots[place] = cell;
    grid.count[cell] += count;
    grid.x[cell] += right * count;
    grid.y[cell] += down * count;
    if (vague[place]) grid.vague[cell] += count;
    grid.size[cell]++;
    grid.sum[cell] += place;
    found++;
  }
  return found;
}

/**
 * @param {Points} points
 * @param {View} view
 * @param {Grid} grid
 * @param {Uint16Array} slots written to
 * @param {number} place
 */
function takeOut({ places, tally }, view, grid, slots, place) {
  const cell = slots[place];
  const count = tally.places[place];
  slots[place] = OUTSIDE;
  grid.count[cell] -= count;
  grid.x[cell] -= wrapPixel(places.x[place], view) * count;
  grid.y[cell] -= (places.y[place] * view.scale - view.top) * count;
  grid.vague[cell] -= count;
  grid.size[cell]--;
  grid.sum[cell] -= place;
}

/**
 * The places that are areas, in the window.
 * @param {Points} points
 * @param {Uint16Array} slots
 */
function widePlaces({ places: { vague, wide } }, slots) {
  /** @type {number[]} */
  const found = [];
  if (!wide) return found;
  for (let place = 1; place < slots.length; place++) if (slots[place] && vague[place]) found.push(place);
  return found;
}

/**
 * The places in the window, or in some of its cells.
 * @param {Uint16Array} slots
 * @param {number[]} [cells]
 */
function placesIn(slots, cells) {
  const wanted = new Uint8Array(2 ** 16).fill(cells ? 0 : 1);
  for (const cell of cells ?? []) wanted[cell] = 1;
  const found = [];
  for (let place = 1; place < slots.length; place++) if (slots[place] && wanted[slots[place]]) found.push(place);
  return found;
}

/**
 * A group for each place.
 * @param {Points} points
 * @param {View} view
 * @param {number[]} found
 * @param {Uint16Array} slots written to
 * @returns {Group[]}
 */
function singleGroups(points, view, found, slots) {
  found.forEach((place, index) => (slots[place] = index + 1));
  const byType = countTypes(points, slots, found.length + 1);
  return found.map((place, index) => makeSingle(points, view, place, byType(index + 1)));
}

/**
 * @param {Points} points
 * @param {View} view
 * @param {number} place
 * @param {Uint32Array} byType
 * @returns {Group}
 */
function makeSingle({ places, tally }, view, place, byType) {
  const count = tally.places[place];
  const vague = places.vague[place] ? count : 0;
  const [x, y] = [wrapPixel(places.x[place], view), places.y[place] * view.scale - view.top];
  return { x, y, count, vague, size: 1, places: [place], cells: [], byType };
}

/**
 * What is shown by slot and event type: summed up from the table of places and types, or counted
 * in one pass over the rows.
 * @param {Points} points
 * @param {Uint16Array} slots
 * @param {number} size how many slots there are
 * @returns {(slot: number) => Uint32Array}
 */
function countTypes({ place, type, types, failures, tally: { placeTypes } }, slots, size) {
  const counts = new Uint32Array(size * types);
  if (placeTypes) sumTypes(placeTypes, slots, counts, types);
  else {
    for (let row = 0; row < failures.length; row++) {
      if (!failures[row]) counts[slots[place[row]] * types + type[row]]++;
    }
  }
  return (slot) => counts.subarray(slot * types, (slot + 1) * types);
}

/**
 * @param {Uint32Array} placeTypes
 * @param {Uint16Array} slots
 * @param {Uint32Array} counts added to
 * @param {number} types
 */
function sumTypes(placeTypes, slots, counts, types) {
  for (let place = 1; place < slots.length; place++) {
    const slot = slots[place];
    if (!slot) continue;
    for (let type = 0; type < types; type++) counts[slot * types + type] += placeTypes[place * types + type];
  }
}

/**
 * A group for each cell that has rows, at the mean of their places.
 * @param {Grid} grid
 * @param {(cell: number) => Uint32Array} byType
 * @returns {Group[]}
 */
function cellGroups(grid, byType) {
  /** @type {Group[]} */
  const groups = [];
  // The last holds what lies beyond the window: drawn as areas, or not at all.
  for (let cell = 1; cell < grid.count.length - 1; cell++) {
    const count = grid.count[cell];
    if (!count) continue;
    const size = grid.size[cell];
    groups.push({
      x: grid.x[cell] / count,
      y: grid.y[cell] / count,
      count,
      vague: grid.vague[cell],
      size,
      places: size === 1 ? [grid.sum[cell]] : [],
      cells: size === 1 ? [] : [cell],
      byType: byType(cell),
    });
  }
  return groups;
}
