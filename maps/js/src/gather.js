// What a window shows, gathered from all places: each a group of its own where they are few, the
// cells of a grid that is fixed to the ground where they are many. Only what is in the window
// becomes an object.

import { wrapPixel } from './clusters.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./incidents.js').Places} Places */
/** @typedef {import('./running_counts.js').Tally} Tally */

/**
 * What the groups are made from.
 * @typedef {object} Points
 * @property {Pick<Places, 'x' | 'y' | 'vague' | 'wide' | 'extentOf' | 'reachOf'>} places
 * @property {import('./decode.js').Column} place each row's place, 0 for none
 * @property {import('./decode.js').Column} type event type of each row
 * @property {number} types how many event types there are
 * @property {Uint16Array} failures
 * @property {Pick<Tally, 'places' | 'placeTypes' | 'log'>} tally
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
  const grid = updateGrid(points, view) ?? makeGrid(points, view, margin);
  const { slots } = grid;
  if (grid.found <= most) {
    grid.isWhole = false;
    const groups = singleGroups(points, view, placesIn(points, slots), slots);
    return { groups, areas: undefined, placesOf: (group) => group.places };
  }
  const chosen = chooseAreas(widePlaces(points, slots));
  for (const place of chosen) takeOut(points, view, grid, place);
  const last = grid.count.length;
  chosen.forEach((place, index) => (slots[place] = last + index));
  grid.isWhole = !chosen.length;
  if (chosen.length || !grid.byType) grid.byType = countTypes(points, slots, last + chosen.length);
  const byType = typesAt(grid.byType, points.types);
  const areas = chosen.map((place, index) => makeSingle(points, view, place, byType(last + index)));
  return {
    groups: [...areas, ...cellGroups(grid, byType)],
    areas,
    placesOf: (group) => [...group.places, ...(group.cells.length ? placesIn(points, slots, group.cells) : [])],
  };
}

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
 */

/** @type {WeakMap<Points, Grid>} the last grid of these points */
const kept = new WeakMap();

/**
 * @param {Points} points
 * @param {View} view
 * @param {number} margin
 * @returns {Grid}
 */
function makeGrid(points, view, margin) {
  const { left, top, width, height } = view;
  const slots = kept.get(points)?.slots ?? new Uint16Array(points.places.x.length);
  const [firstColumn, firstRow] = [Math.floor((left - margin) / CELL), Math.floor((top - margin) / CELL)];
  const columns = Math.floor((left + width + margin) / CELL) - firstColumn + 1;
  const rows = Math.floor((top + height + margin) / CELL) - firstRow + 1;
  const [count, x, y, vague, size, sum] = Array.from({ length: 6 }, () => new Float64Array(columns * rows + 2));
  const [across, down] = [left / CELL - firstColumn, top / CELL - firstRow];
  const grid = { view, slots, columns, rows, across, down, count, x, y, vague, size, sum, found: 0, byType: undefined, isWhole: false };
  fillGrid(points, margin, grid);
  kept.set(points, grid);
  if (points.tally.log) points.tally.log.count = 0;
  return grid;
}

/**
 * The last grid with what has changed since, if the window is the same and the changes are known.
 * @param {Points} points
 * @param {View} view
 * @returns {Grid | undefined}
 */
function updateGrid(points, view) {
  const grid = kept.get(points);
  const { log } = points.tally;
  if (!grid?.isWhole || !grid.byType || !log || log.count > log.entries.length) return undefined;
  const { scale, left, top, width, height } = grid.view;
  if (scale !== view.scale || left !== view.left || top !== view.top) return undefined;
  if (width !== view.width || height !== view.height) return undefined;
  applyLog(points, grid, grid.byType, log);
  log.count = 0;
  return grid;
}

/**
 * @param {Points} points
 * @param {Grid} grid
 * @param {Uint32Array} byType
 * @param {import('./running_counts.js').Log} log
 */
function applyLog({ places, place, type, types }, grid, byType, { entries, count }) {
  const { view, slots } = grid;
  for (let index = 0; index < count; index++) {
    const row = entries[index] >>> 2;
    const at = place[row];
    const cell = slots[at];
    if (!cell) continue;
    const sign = entries[index] & 2 ? 1 : -1;
    grid.count[cell] += sign;
    grid.x[cell] += sign * wrapPixel(places.x[at], view);
    grid.y[cell] += sign * (places.y[at] * view.scale - view.top);
    if (places.vague[at]) grid.vague[cell] += sign;
    byType[cell * types + type[row]] += sign;
    if (!(entries[index] & 1)) continue;
    grid.size[cell] += sign;
    grid.sum[cell] += sign * at;
    grid.found += sign;
  }
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
function takeOut({ places, tally }, view, grid, place) {
  const cell = grid.slots[place];
  const count = tally.places[place];
  grid.count[cell] -= count;
  grid.x[cell] -= wrapPixel(places.x[place], view) * count;
  grid.y[cell] -= (places.y[place] * view.scale - view.top) * count;
  grid.vague[cell] -= count;
  grid.size[cell]--;
  grid.sum[cell] -= place;
}

/**
 * The places in the window that are areas and have rows.
 * @param {Points} points
 * @param {Uint16Array} slots
 */
function widePlaces({ places: { vague, wide }, tally }, slots) {
  /** @type {number[]} */
  const found = [];
  if (!wide) return found;
  for (let place = 1; place < slots.length; place++) {
    if (slots[place] && vague[place] && tally.places[place]) found.push(place);
  }
  return found;
}

/**
 * The places in the window that have rows, or those in some of its cells.
 * @param {Points} points
 * @param {Uint16Array} slots
 * @param {number[]} [cells]
 */
function placesIn({ tally }, slots, cells) {
  const wanted = new Uint8Array(2 ** 16).fill(cells ? 0 : 1);
  for (const cell of cells ?? []) wanted[cell] = 1;
  const found = [];
  for (let place = 1; place < slots.length; place++) {
    if (slots[place] && wanted[slots[place]] && tally.places[place]) found.push(place);
  }
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
  slots.fill(0);
  found.forEach((place, index) => (slots[place] = index + 1));
  const byType = typesAt(countTypes(points, slots, found.length + 1), points.types);
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
 */
function countTypes({ place, type, types, failures, tally: { placeTypes } }, slots, size) {
  const counts = new Uint32Array(size * types);
  if (placeTypes) sumTypes(placeTypes, slots, counts, types);
  else {
    for (let row = 0; row < failures.length; row++) {
      if (!failures[row]) counts[slots[place[row]] * types + type[row]]++;
    }
  }
  return counts;
}

/**
 * @param {Uint32Array} counts
 * @param {number} types
 * @returns {(slot: number) => Uint32Array}
 */
function typesAt(counts, types) {
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
