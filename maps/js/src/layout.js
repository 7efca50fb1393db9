// What is drawn as an area, what as a mark, and where labels stand: nothing over anything else.

import { joinByCell, joinTouching, wrapPixel } from './clusters.js';
import { CELL } from './grid.js';
import { makeRoom } from './room.js';
import { LABEL_HEIGHT, areaText, labelWidth, markRadius } from './symbols.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./room.js').Box} Box */

/**
 * An area that is drawn as one, and the box of its label.
 * @typedef {{ group: Group, box: Box }} LaidArea
 */

/**
 * @typedef {object} Layout
 * @property {Group[]} marks
 * @property {LaidArea[]} areas the largest first
 * @property {Box[]} boxes of marks and labels
 */

/** An area narrower than this many pixels is drawn as a ringed mark, not as an area. */
const LEAST_AREA = 34;
/** Above so many areas only the largest that fit into the window are drawn as areas. */
export const MOST_AREAS = 30;
/** Above so many places in the window they are joined by cells, so that the map stays legible. */
const MOST_PLACES = 400;
/** How far the ring of a mark that stands for areas lies outside it. */
export const RING_PIXELS = 5;
/** Marks are drawn so far beyond the window's edge. */
export const EDGE = 40;
const MOST_TURNS = 4;
/** Labels of countries: more than there are, so that a file of nonsense cannot hold the page up. */
const MOST_COUNTRIES = 300;

/** `places.vague` of a place that is known to be in a country, and no better. */
export const COUNTRY = 2;

/**
 * Parts groups into areas and marks so that no label and no mark covers another.
 * @param {Incidents} incidents
 * @param {Group[]} groups of a place each, or of more
 * @param {View} view
 * @param {Group[]} [chosen] those to be drawn as areas, largest first, where that is settled
 * @returns {Layout}
 */
export function layOut(incidents, groups, view, chosen = findAreas(incidents, groups, view)) {
  const isChosen = new Set(chosen);
  let areas = chosen;
  const single = groups.filter((group) => !isChosen.has(group) && isInView(group, view));
  for (;;) {
    const marks = joinMarks(single, view);
    const boxes = marks.map((mark) => boxAbout(mark.x, mark.y, 2 * markReach(mark), 2 * markReach(mark)));
    const { laid, left } = placeAll(incidents, areas, view, boxes);
    if (!left.length) return { marks, areas: laid, boxes };
    // An area whose label finds no room is counted in the mark nearest to it.
    single.push(...left);
    areas = areas.filter((group) => !left.includes(group));
  }
}

/**
 * The groups that are drawn as areas, largest first.
 * @param {Incidents} incidents
 * @param {Group[]} groups
 * @param {View} view
 */
function findAreas(incidents, groups, view) {
  const byPlace = new Map(groups.filter((group) => group.vague && group.size === 1).map((group) => [group.places[0], group]));
  return chooseAreas(incidents, [...byPlace.keys()], view).map((place) => /** @type {Group} */ (byPlace.get(place)));
}

/**
 * Which vague places are drawn as areas, largest first: what is known to a country only, and the
 * others as far as they are legible.
 * @param {Pick<Incidents, 'places'>} incidents
 * @param {number[]} found places that are vague
 * @param {View} view
 * @returns {number[]}
 */
export function chooseAreas({ places }, found, view) {
  /** @type {Map<number, number>} */
  const sizes = new Map();
  for (const place of found) {
    const size = places.extentOf(place) * view.scale;
    if (size >= LEAST_AREA) sizes.set(place, size);
  }
  /** @param {number} place */
  const size = (place) => sizes.get(place) ?? 0;
  const wide = [...sizes.keys()];
  const areas = wide.filter((place) => places.vague[place] !== COUNTRY);
  const countries = wide.filter((place) => places.vague[place] === COUNTRY);
  const legible = areas.length > MOST_AREAS ? largest(areas.filter((place) => fits(places, place, size(place), view)), size) : areas;
  return [...countries.slice(0, MOST_COUNTRIES), ...legible].sort((a, b) => size(b) - size(a) || a - b);
}

/**
 * The largest areas, not more than are legible; equals all or none.
 * @param {number[]} areas
 * @param {(place: number) => number} size
 */
function largest(areas, size) {
  if (areas.length <= MOST_AREAS) return areas;
  const least = Float64Array.from(areas, size).sort()[areas.length - 1 - MOST_AREAS];
  return areas.filter((place) => size(place) > least * 1.05);
}

/**
 * Whether an area is not larger than the window, and its middle in it.
 * @param {Incidents['places']} places
 * @param {number} place
 * @param {number} size in pixels
 * @param {View} view
 */
function fits(places, place, size, view) {
  const at = { x: wrapPixel(places.x[place], view), y: places.y[place] * view.scale - view.top };
  return size <= Math.min(view.width, view.height) && isInView(at, view);
}

/**
 * @param {{ x: number, y: number }} group
 * @param {View} view
 */
function isInView({ x, y }, { width, height }) {
  return x > -EDGE && y > -EDGE && x < width + EDGE && y < height + EDGE;
}

/**
 * Groups joined until their marks do not touch.
 * @param {Group[]} groups
 * @param {View} view
 */
function joinMarks(groups, view) {
  let joined = groups.length > MOST_PLACES ? joinByCell(groups, view, CELL) : groups;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const { length } = joined;
    joined = joinTouching(joined, markReach);
    if (joined.length === length) break;
  }
  return joined;
}

/**
 * Radius of all that is drawn of a mark, in pixels.
 * @param {Group} group
 */
export function markReach({ count, vague }) {
  return markRadius(count) + (vague ? RING_PIXELS : 2);
}

/**
 * Labels for areas, the smallest area first since it leaves the least choice.
 * @param {Incidents} incidents
 * @param {Group[]} areas largest first
 * @param {View} view
 * @param {Box[]} boxes grows by the labels' boxes
 * @returns {{ laid: LaidArea[], left: Group[] }}
 */
function placeAll(incidents, areas, view, boxes) {
  const room = makeRoom(boxes);
  /** @type {LaidArea[]} */
  const laid = [];
  /** @type {Group[]} */
  const left = [];
  for (const group of [...areas].reverse()) {
    const box = placeLabel(incidents, group, view, room);
    if (box) {
      laid.unshift({ group, box });
      boxes.push(box);
      room.add(box);
    } else left.push(group);
  }
  return { laid, left };
}

/**
 * Room for an area's label that nothing has taken, the nearest to its middle, within the area.
 * @param {Incidents} incidents
 * @param {Group} group
 * @param {View} view
 * @param {import('./room.js').Room} room
 * @returns {Box | undefined}
 */
function placeLabel(incidents, group, view, room) {
  const place = group.places[0];
  const width = labelWidth(areaText(group, incidents.places.vague[place] === COUNTRY));
  const reach = Math.max(24, (incidents.places.extentOf(place) * view.scale) / 2);
  for (const [right, down] of STEPS) {
    if (Math.hypot(right, down) > reach + 1e-9) break;
    const box = boxAbout(group.x + right, group.y + down, width, LABEL_HEIGHT);
    if (!room.isFree(box)) continue;
    const off = Math.hypot(right, down);
    if (off <= 24 || isWithin(incidents, place, right / view.scale, down / view.scale)) return box;
  }
  return undefined;
}

/** Steps away from a point, nearest first: eight directions, then sixteen, on ever wider rings. */
const STEPS = makeSteps(320);

/**
 * @param {number} most pixels
 * @returns {[number, number][]}
 */
function makeSteps(most) {
  /** @type {[number, number][]} */
  const steps = [[0, 0]];
  for (let off = 24; off <= most; off += 20) {
    const turns = off < 60 ? 8 : 16;
    for (let i = 0; i < turns; i++) {
      const angle = (2 * Math.PI * i) / turns;
      steps.push([off * Math.cos(angle), off * Math.sin(angle)]);
    }
  }
  return steps;
}

/**
 * Whether a point off a place's mark lies within its area.
 * @param {Incidents} incidents
 * @param {number} place
 * @param {number} right in widths of the world
 * @param {number} down
 */
export function isWithin({ places, shapes }, place, right, down) {
  const shape = shapes[places.shape[place] - 1];
  if (shape?.kind !== 'area') return Math.hypot(right, down) * 2 <= places.extentOf(place);
  const [x, y] = [places.x[place] + right, places.y[place] + down];
  let inside = false;
  for (const ring of shape.parts) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const crosses = ring[i + 1] > y !== ring[j + 1] > y;
      if (crosses && x < ring[i] + ((y - ring[i + 1]) / (ring[j + 1] - ring[i + 1])) * (ring[j] - ring[i])) {
        inside = !inside;
      }
    }
  }
  return inside;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @returns {Box}
 */
function boxAbout(x, y, width, height) {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}
