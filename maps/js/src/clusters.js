// Points gathered for drawing in one pass: by cells of a grid when far out, by place when near.

/**
 * A window on the map, in pixels of the current zoom.
 * @typedef {object} View
 * @property {number} scale pixels in the world's width
 * @property {number} left pixel of the window's left edge
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {number} zoom
 */

/**
 * Incidents drawn as one mark.
 * @typedef {object} Group
 * @property {number} x pixels from the window's left edge
 * @property {number} y
 * @property {number} count
 * @property {number} vague how many of them are known to an area only
 * @property {number[]} places indices of the places the group is of
 * @property {Uint32Array} byType how many of each event type
 */

/**
 * What the groups are made from.
 * @typedef {object} Points
 * @property {Float64Array} x of each place, 0 to 1
 * @property {Float64Array} y
 * @property {import('./decode.js').Column} place index of each row's place, 0 for none
 * @property {import('./decode.js').Column} type event type of each row
 * @property {number} types how many event types there are
 * @property {Uint8Array} vague not 0 where a place is an area
 * @property {Float64Array} reach how far what is drawn of a place lies off its mark, 0 to 1
 */

/**
 * Rows that pass, counted by place and event type.
 * @param {Points} points
 * @param {Uint16Array} failures
 * @returns {Uint32Array} one count a place and type
 */
export function countPlaces(points, failures) {
  const { place, type, types } = points;
  const counts = new Uint32Array(points.x.length * types);
  for (let row = 0; row < failures.length; row++) {
    if (!failures[row]) counts[place[row] * types + type[row]]++;
  }
  return counts;
}

/**
 * Pixels from the window's left edge of a place, in the copy of the world that is in the window.
 * @param {number} x
 * @param {View} view
 */
export function wrapPixel(x, view) {
  const pixel = x * view.scale - view.left;
  const middle = view.width / 2;
  return pixel - Math.round((pixel - middle) / view.scale) * view.scale;
}

/**
 * The places in a window that have rows, each a group of its own.
 * @param {Points} points
 * @param {Uint32Array} counts from `countPlaces`
 * @param {View} view
 * @param {number} margin pixels beyond the window's edge, beside the reach of each place
 * @returns {Group[]}
 */
export function groupByPlace(points, counts, view, margin) {
  const groups = [];
  const { types } = points;
  for (let place = 1; place < points.x.length; place++) {
    const y = points.y[place] * view.scale - view.top;
    const edge = margin + points.reach[place] * view.scale;
    if (y < -edge || y > view.height + edge) continue;
    const x = wrapPixel(points.x[place], view);
    if (x < -edge || x > view.width + edge) continue;
    const byType = counts.subarray(place * types, (place + 1) * types);
    const count = byType.reduce((sum, value) => sum + value, 0);
    const vague = points.vague[place] ? count : 0;
    if (count) groups.push({ x, y, count, vague, places: [place], byType });
  }
  return groups;
}

/**
 * Groups joined by the cells of a grid that is fixed to the ground, at the mean of their places.
 * @param {Group[]} groups
 * @param {View} view
 * @param {number} cell pixels
 * @returns {Group[]}
 */
export function joinByCell(groups, view, cell) {
  /** @type {Map<number, Group>} */
  const cells = new Map();
  const rows = Math.ceil(view.scale / cell) + 2;
  for (const group of groups) {
    const column = Math.floor((group.x + view.left) / cell);
    const key = column * rows + Math.floor((group.y + view.top) / cell);
    const found = cells.get(key);
    if (found) join(found, group);
    else cells.set(key, copyGroup(group));
  }
  return [...cells.values()];
}

/**
 * Groups whose marks would touch, joined; the largest take in the smaller ones about them.
 * @param {Group[]} groups
 * @param {(group: Group) => number} radiusOf pixels
 * @returns {Group[]}
 */
export function joinTouching(groups, radiusOf) {
  /** @type {Group[]} */
  const kept = [];
  for (const group of [...groups].sort((a, b) => b.count - a.count || a.x - b.x || a.y - b.y)) {
    const reach = radiusOf(group);
    const near = kept.find((other) => {
      return Math.hypot(other.x - group.x, other.y - group.y) < reach + radiusOf(other);
    });
    if (near) join(near, group);
    else kept.push(copyGroup(group));
  }
  return kept;
}

/**
 * @param {Group} group
 * @returns {Group}
 */
function copyGroup(group) {
  return { ...group, places: [...group.places], byType: group.byType.slice() };
}

/**
 * @param {Group} into
 * @param {Group} group
 */
function join(into, group) {
  const count = into.count + group.count;
  into.x += ((group.x - into.x) * group.count) / count;
  into.y += ((group.y - into.y) * group.count) / count;
  into.count = count;
  into.vague += group.vague;
  for (const place of group.places) into.places.push(place);
  for (let type = 0; type < into.byType.length; type++) into.byType[type] += group.byType[type];
}

/**
 * The event type most rows of a group have.
 * @param {ArrayLike<number>} byType
 */
export function mainType(byType) {
  let best = 0;
  for (let type = 1; type < byType.length; type++) if (byType[type] > byType[best]) best = type;
  return best;
}

/**
 * A count as it fits on a mark: 999, 1.2k, 35k.
 * @param {number} count
 */
export function shortCount(count) {
  if (count < 1000) return String(count);
  return count < 9950 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
}
