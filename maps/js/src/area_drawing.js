// Areas on the canvas: filled or hatched, with a name and a number where there is room.

import { tracePoints } from './basemap.js';
import { overlaps } from './labels.js';
import { worldCopies } from './project.js';
import { HALO_WIDTH } from './theme.js';

/** @typedef {import('./area_levels.js').Area} Area */
/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./labels.js').Box} Box */

const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const NAME_FONT = `600 12px ${FONT}`;
const VALUE_FONT = `12px ${FONT}`;
const LINE = 15;
/** A label may be so much wider than the largest circle in its area: most areas are longer one way. */
const ROOM = 1.25;

/**
 * Fills the areas; those without anything to show are hatched.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Area[]} areas
 * @param {string[]} colours '' for none
 * @param {import('./theme.js').Theme} theme
 */
export function drawAreas(context, view, areas, colours, theme) {
  const left = view.left / view.scale;
  const copies = worldCopies(left, left + view.width / view.scale);
  const drawn = copies.flatMap((copy) => areas.flatMap(({ rings, box }, index) => {
    const own = { ...view, left: view.left - copy * view.scale };
    if (box[2] * view.scale < own.left || box[0] * view.scale > own.left + view.width) return [];
    const path = new Path2D();
    for (const ring of rings) {
      tracePoints(path, ring, own);
      path.closePath();
    }
    return [{ path, index }];
  }));
  const hatch = makeHatch(context, theme);
  context.lineJoin = 'round';
  for (const { path, index } of drawn) {
    // Land beneath the hatch: what has no incidents is not to look as the sea.
    context.fillStyle = colours[index] || theme.land;
    context.fill(path, 'evenodd');
    if (!colours[index] && hatch) {
      context.fillStyle = hatch;
      context.fill(path, 'evenodd');
    }
  }
  context.strokeStyle = theme.border;
  context.lineWidth = 1;
  for (const { path } of drawn) context.stroke(path);
  return drawn;
}

/**
 * The hatch of areas without anything to show.
 * @param {CanvasRenderingContext2D} context
 * @param {import('./theme.js').Theme} theme
 */
export function makeHatch(context, theme) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const inner = tile.getContext('2d');
  if (!inner) return undefined;
  inner.strokeStyle = theme.coast;
  inner.lineWidth = 1;
  for (const shift of [-8, 0, 8]) {
    inner.moveTo(shift, 8);
    inner.lineTo(shift + 8, 0);
  }
  inner.stroke();
  return context.createPattern(tile, 'repeat') ?? undefined;
}

/**
 * Names and numbers in the areas that have room, the largest number first.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Area[]} areas
 * @param {{ name: string, value: string, rank: number }[]} texts
 * @param {{ theme: import('./theme.js').Theme, measure: (text: string, font: string) => number }} means
 * @returns {import('./views.js').Drawn}
 */
export function drawNames(context, view, areas, texts, { theme, measure }) {
  /** @type {Box[]} */
  const boxes = [];
  const said = [];
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = HALO_WIDTH;
  for (const index of [...texts.keys()].sort((a, b) => texts[b].rank - texts[a].rank)) {
    const { name, value } = texts[index];
    const { label } = areas[index];
    const room = label.radius * view.scale;
    const lines = linesThatFit(name, value, room, measure);
    if (!lines.length) continue;
    const x = label.x * view.scale - view.left;
    const y = label.y * view.scale - view.top;
    const half = Math.max(...lines.map(({ text, font }) => measure(text, font))) / 2 + 3;
    const high = (lines.length * LINE) / 2;
    const box = /** @type {Box} */ ([x - half, y - high, x + half, y + high]);
    if (boxes.some((other) => overlaps(other, box))) continue;
    boxes.push(box);
    if (lines[0].text === name) said.push(name);
    drawLines(context, lines, x, y - high, theme);
  }
  return { boxes, said };
}

/**
 * Lines on their halo: all of it first, or that of the second line would cover the first.
 * @param {CanvasRenderingContext2D} context
 * @param {{ text: string, font: string }[]} lines
 * @param {number} x
 * @param {number} top
 * @param {import('./theme.js').Theme} theme
 */
function drawLines(context, lines, x, top, theme) {
  context.strokeStyle = theme.halo;
  context.fillStyle = theme.ink;
  for (const method of /** @type {const} */ (['strokeText', 'fillText'])) {
    lines.forEach(({ text, font }, i) => {
      context.font = font;
      context[method](text, x, top + LINE * (i + 0.5));
    });
  }
}

/**
 * Name and number, the number alone, or nothing, as the room about an area's middle allows.
 * @param {string} name
 * @param {string} value
 * @param {number} room radius in pixels
 * @param {(text: string, font: string) => number} measure
 */
export function linesThatFit(name, value, room, measure) {
  const full = [{ text: name, font: NAME_FONT }, { text: value, font: VALUE_FONT }];
  const number = [{ text: value, font: NAME_FONT }];
  for (const wished of [full, number]) {
    const lines = wished.filter(({ text }) => text);
    const wide = Math.max(...lines.map(({ text, font }) => measure(text, font)));
    if (lines.length && wide <= 2 * ROOM * room && lines.length * LINE <= 2 * ROOM * room) return lines;
  }
  return [];
}
