// What is drawn as an area, what as a mark, and where labels stand: nothing over anything else.

import { joinByCell, joinTouching } from './clusters.js';
import { overlaps } from './labels.js';
import { LABEL_HEIGHT, areaText, labelWidth, markRadius } from './symbols.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./labels.js').Box} Box */

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
const CELL = 64;
/** How far the ring of a mark that stands for areas lies outside it. */
export const RING_PIXELS = 5;
/** Marks are drawn so far beyond the window's edge. */
const EDGE = 40;
const MOST_TURNS = 4;

/** `places.vague` of a place that is known to be in a country, and no better. */
export const COUNTRY = 2;

/**
 * Parts groups into areas and marks so that no label and no mark covers another.
 * @param {Incidents} incidents
 * @param {Group[]} groups one a place
 * @param {View} view
 * @returns {Layout}
 */
export function layOut(incidents, groups, view) {
  const parted = partAreas(incidents, groups, view);
  let { areas } = parted;
  const single = [...parted.marks];
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
 * The groups that are drawn as areas, largest first, and the rest of those in the window.
 * @param {Incidents} incidents
 * @param {Group[]} groups one a place
 * @param {View} view
 * @returns {{ areas: Group[], marks: Group[] }}
 */
export function partAreas({ places }, groups, view) {
  /** @param {Group} group */
  const size = (group) => places.extent[group.places[0]] * view.scale;
  /** @param {Group} group */
  const isCountry = (group) => places.vague[group.places[0]] === COUNTRY;
  const wide = groups.filter((group) => group.vague && size(group) >= LEAST_AREA);
  wide.sort((a, b) => size(b) - size(a));
  const areas = wide.filter((group) => !isCountry(group));
  const drawn = new Set(wide.filter(isCountry));
  for (const group of areas.length > MOST_AREAS ? largest(areas, size, view) : areas) drawn.add(group);
  const marks = groups.filter((group) => !drawn.has(group) && isInView(group, view));
  return { areas: wide.filter((group) => drawn.has(group)), marks };
}

/**
 * The largest areas of a window that lie in it, not more than are legible; equals all or none.
 * @param {Group[]} areas largest first
 * @param {(group: Group) => number} size in pixels
 * @param {View} view
 */
function largest(areas, size, view) {
  const most = Math.min(view.width, view.height);
  const fit = areas.filter((group) => size(group) <= most && isInView(group, view));
  if (fit.length <= MOST_AREAS) return fit;
  const least = size(fit[MOST_AREAS]);
  return fit.filter((group) => size(group) > least * 1.05);
}

/**
 * @param {Group} group
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
 * @param {Box[]} taken grows by the labels' boxes
 * @returns {{ laid: LaidArea[], left: Group[] }}
 */
function placeAll(incidents, areas, view, taken) {
  /** @type {LaidArea[]} */
  const laid = [];
  /** @type {Group[]} */
  const left = [];
  for (const group of [...areas].reverse()) {
    const box = placeLabel(incidents, group, view, taken);
    if (box) {
      laid.unshift({ group, box });
      taken.push(box);
    } else left.push(group);
  }
  return { laid, left };
}

/**
 * Room for an area's label that nothing has taken, the nearest to its middle, within the area.
 * @param {Incidents} incidents
 * @param {Group} group
 * @param {View} view
 * @param {Box[]} taken
 * @returns {Box | undefined}
 */
function placeLabel(incidents, group, view, taken) {
  const place = group.places[0];
  const width = labelWidth(areaText(group, incidents.places.vague[place] === COUNTRY));
  const reach = (incidents.places.extent[place] * view.scale) / 2;
  for (const [right, down] of stepsWithin(Math.max(24, reach))) {
    const box = boxAbout(group.x + right, group.y + down, width, LABEL_HEIGHT);
    if (taken.some((other) => overlaps(box, other))) continue;
    const off = Math.hypot(right, down);
    if (off <= 24 || isWithin(incidents, place, right / view.scale, down / view.scale)) return box;
  }
  return undefined;
}

/**
 * Steps away from a point, nearest first: eight directions on ever wider rings.
 * @param {number} reach pixels
 * @returns {[number, number][]}
 */
function stepsWithin(reach) {
  /** @type {[number, number][]} */
  const steps = [[0, 0]];
  for (let off = 24; off <= Math.min(reach, 320); off += 20) {
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
  if (shape?.kind !== 'area') return Math.hypot(right, down) * 2 <= places.extent[place];
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
