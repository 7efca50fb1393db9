// Groups of incidents drawn as one mark, and how they are joined.

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
 * @property {number} size how many places the group is of
 * @property {number[]} places indices of the places; of a group of cells they are left out
 * @property {number[]} cells the cells of a grid the group is of, where it is of such
 * @property {Uint32Array} byType how many of each event type
 */

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
  /** @type {number[]} */
  const radii = [];
  for (const group of [...groups].sort((a, b) => b.count - a.count || a.x - b.x || a.y - b.y)) {
    const near = findNear(kept, radii, group, radiusOf(group));
    if (near < 0) {
      kept.push(copyGroup(group));
      radii.push(radiusOf(group));
    } else {
      join(kept[near], group);
      radii[near] = radiusOf(kept[near]);
    }
  }
  return kept;
}

/**
 * The first of the groups that one would touch, or -1.
 * @param {Group[]} kept
 * @param {number[]} radii of the kept
 * @param {Group} group
 * @param {number} radius
 */
function findNear(kept, radii, { x, y }, radius) {
  for (let index = 0; index < kept.length; index++) {
    const away = radius + radii[index];
    const [right, down] = [kept[index].x - x, kept[index].y - y];
    if (right < away && right > -away && right * right + down * down < away * away) return index;
  }
  return -1;
}

/**
 * @param {Group} group
 * @returns {Group}
 */
function copyGroup(group) {
  return { ...group, places: [...group.places], cells: [...group.cells], byType: group.byType.slice() };
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
  into.size += group.size;
  for (const place of group.places) into.places.push(place);
  into.cells.push(...group.cells);
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
