// What a window shows, gathered from all places: each a group of its own where they are few, the
// cells of a grid that is fixed to the ground where they are many. Only what is in the window
// becomes an object.

import { wrapPixel } from './clusters.js';
import { keptGrid, makeGrid, takeOut } from './grid.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./grid.js').Grid} Grid */
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
 * @property {number} dated how many rows have a date: the first of them
 * @property {Pick<Tally, 'places' | 'placeTypes' | 'follow' | 'window'>} tally
 */

/**
 * @typedef {object} Gathered
 * @property {Group[]} groups
 * @property {Group[] | undefined} areas those that are drawn as areas, where cells were made
 * @property {(group: Group) => number[]} placesOf the places of a group
 */

/** Up to so many places in a window are groups of their own; the layout joins what is too close. */
export const MOST_SINGLE = 2000;

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
  const grid = keptGrid(points, view, most) ?? makeGrid(points, view, margin);
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
