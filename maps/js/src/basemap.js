// The map beneath: sea, land, waters and borders.

import { worldCopies } from './project.js';

export { readBaseMap } from './basemap_read.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./theme.js').Theme} Theme */
/** @typedef {import('./basemap_read.js').Line} Line */
/** @typedef {import('./basemap_read.js').Part} Part */
/** @typedef {import('./basemap_read.js').Town} Town */
/** @typedef {import('./basemap_read.js').BaseMap} BaseMap */
/** @typedef {import('./basemap_read.js').Look} Look */

/** Below this length in pixels a step of a line is not drawn. */
const LEAST_STEP = 0.8;
/**
 * The packaged rivers and lakes are good to some 3 km (measured at ten bridges and dams): 20 pixels
 * here. Closer they would say on which side of a river a village lies, and be wrong.
 */
const WATER_UNTIL_ZOOM = 10;
/** Rivers and lakes shorter than this in pixels are left out. */
const LEAST_RIVER = 24;
const LEAST_LAKE = 2;
const ADMIN_FROM_ZOOM = 4.5;

/**
 * Draws sea, land, waters and lines.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {BaseMap} base
 * @param {Theme} theme
 */
export function drawBaseMap(context, view, base, theme) {
  context.fillStyle = theme.sea;
  context.fillRect(0, 0, view.width, view.height);
  context.lineJoin = 'round';
  const left = view.left / view.scale;
  const copies = worldCopies(left, left + view.width / view.scale);
  const views = copies.map((copy) => ({ ...view, left: view.left - copy * view.scale }));
  if (!covers(base.near.boxes, views)) drawWorld(context, views, base, theme);
  for (const own of views) drawNear(context, own, base, theme, partsSeen(base, views));
}

/**
 * The parts to be drawn over the coarse world, coarser ones first.
 * @param {BaseMap} base
 * @param {View[]} views
 * @returns {Part[]}
 */
function partsSeen({ near, fine, fineZoom }, views) {
  if (!near.boxes.length) return [];
  if (!fine.boxes.length || views[0].zoom < fineZoom) return [near];
  return covers(fine.boxes, views) ? [fine] : [near, fine];
}

/**
 * Whether one box reaches over all that is seen.
 * @param {Line[]} boxes
 * @param {View[]} views
 */
function covers(boxes, views) {
  const [{ scale, left, top, width, height }] = views;
  return views.length === 1 && boxes.some(({ box }) =>
    box[0] * scale <= left && box[2] * scale >= left + width
    && box[1] * scale <= top && box[3] * scale >= top + height);
}

/**
 * The coarse world. All land before all lines: what crosses 180 degrees reaches into the
 * neighbouring copy.
 * @param {CanvasRenderingContext2D} context
 * @param {View[]} views
 * @param {BaseMap} base
 * @param {Theme} theme
 */
function drawWorld(context, views, { world, world_lakes: lakes }, theme) {
  for (const own of views) fill(context, own, world.land, theme.land);
  for (const own of views) {
    fill(context, own, lakes, theme.sea, LEAST_LAKE);
    stroke(context, own, world.land, theme.coast, 0.75);
    stroke(context, own, world.borders, theme.border, 0.75);
  }
}

/**
 * The finer parts, each within the boxes in which it holds.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {BaseMap} base
 * @param {Theme} theme
 * @param {Part[]} parts
 */
function drawNear(context, view, base, theme, parts) {
  const grounds = parts.map((part, i) => ({
    part,
    // Of the finer part only what the finest leaves: two rings in one path, filled by turns.
    boxes: i + 1 < parts.length ? [...part.boxes, ...base.fine.boxes] : part.boxes,
  }));
  for (const { part, boxes } of grounds) {
    fill(context, view, boxes, theme.sea);
    within(context, view, boxes, () => fill(context, view, part.land, theme.land));
  }
  within(context, view, base.near.boxes, () => drawLakes(context, view, base, theme));
  for (const { part, boxes } of grounds) {
    within(context, view, boxes, () => drawAdmin(context, view, part, theme));
  }
  within(context, view, base.near.boxes, () => drawRivers(context, view, base, theme));
  for (const { part, boxes } of grounds) {
    within(context, view, boxes, () => drawBorders(context, view, part, theme));
  }
}

/**
 * Draws in boxes only.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Line[]} boxes
 * @param {() => void} draw
 */
function within(context, view, boxes, draw) {
  context.save();
  trace(context, view, boxes);
  context.clip('evenodd');
  draw();
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Part} part
 * @param {Theme} theme
 */
function drawAdmin(context, view, part, theme) {
  if (view.zoom < ADMIN_FROM_ZOOM) return;
  stroke(context, view, part.admin, theme.admin, view.zoom < 7 ? 0.75 : 1.1);
}

/**
 * Coast and borders between countries; dashed where one of the two claims the ground beyond.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Part} part
 * @param {Theme} theme
 */
function drawBorders(context, view, { land, borders, disputed }, theme) {
  stroke(context, view, land, theme.coast, view.zoom < 5 ? 0.75 : 1);
  const width = view.zoom < 6 ? 1 : 1.5;
  stroke(context, view, borders, theme.border, width);
  context.setLineDash([5, 4]);
  stroke(context, view, disputed, theme.border, width);
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {BaseMap} base
 * @param {Theme} theme
 */
function drawLakes(context, view, base, theme) {
  if (view.zoom >= WATER_UNTIL_ZOOM && !base.own.includes('lakes')) return;
  fill(context, view, base.lakes, theme.sea, LEAST_LAKE);
  context.strokeStyle = theme.coast;
  context.lineWidth = 0.6;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {BaseMap} base
 * @param {Theme} theme
 */
function drawRivers(context, view, base, theme) {
  if (view.zoom >= WATER_UNTIL_ZOOM && !base.own.includes('rivers')) return;
  const width = Math.min(1.8, 0.5 + Math.max(0, view.zoom - 3) * 0.2);
  stroke(context, view, base.rivers, theme.river, width, LEAST_RIVER);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Line[]} lines
 * @param {string} colour
 * @param {number} [least] pixels; smaller ones are left out
 */
function fill(context, view, lines, colour, least) {
  trace(context, view, lines, least);
  context.fillStyle = colour;
  context.fill('evenodd');
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Line[]} lines
 * @param {string} colour
 * @param {number} width
 * @param {number} [least] pixels; shorter ones are left out
 */
function stroke(context, view, lines, colour, width, least) {
  trace(context, view, lines, least);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/**
 * The path of those lines that can be seen.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Line[]} lines
 * @param {number} [least] pixels; smaller ones are left out
 */
function trace(context, view, lines, least = 0) {
  context.beginPath();
  const { scale, left, top } = view;
  for (const { points, box } of lines) {
    if (Math.max(box[2] - box[0], box[3] - box[1]) * scale < least) continue;
    if (box[2] * scale < left || box[0] * scale > left + view.width) continue;
    if (box[3] * scale < top || box[1] * scale > top + view.height) continue;
    tracePoints(context, points, view);
  }
}

/**
 * Adds a line to the path, without the steps too short to see.
 * @param {CanvasRenderingContext2D | Path2D} path
 * @param {Float64Array} points x, y pairs in map units
 * @param {View} view
 */
export function tracePoints(path, points, { scale, left, top }) {
  let lastX = points[0] * scale - left;
  let lastY = points[1] * scale - top;
  path.moveTo(lastX, lastY);
  const end = points.length - 2;
  for (let i = 2; i <= end; i += 2) {
    const x = points[i] * scale - left;
    const y = points[i + 1] * scale - top;
    if (i < end && Math.abs(x - lastX) < LEAST_STEP && Math.abs(y - lastY) < LEAST_STEP) continue;
    path.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
}
