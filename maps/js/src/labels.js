// Names on the map: as many as fit, the important ones first, none over another or over a mark.

import { wrapPixel } from './clusters.js';
import { makeRoom } from './room.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./basemap.js').Town} Town */
/** @typedef {import('./room.js').Box} Box */

/**
 * @typedef {object} Style
 * @property {string} font
 * @property {string} colour
 * @property {number} size line height in pixels
 * @property {boolean} dot whether the place is marked with a dot and its name stands beside it
 */

export { overlaps } from './room.js';

const FAMILY = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** @type {Record<Town['kind'] | 'incident', Style>} */
const STYLES = {
  country: { font: `600 13px ${FAMILY}`, colour: '#766b78', size: 15, dot: false },
  admin1: { font: `italic 12px ${FAMILY}`, colour: '#857a6d', size: 14, dot: false },
  city: { font: `600 12.5px ${FAMILY}`, colour: '#37424c', size: 15, dot: true },
  town: { font: `11.5px ${FAMILY}`, colour: '#4a555f', size: 14, dot: true },
  incident: { font: `600 12px ${FAMILY}`, colour: '#1d2a35', size: 15, dot: false },
};

const HALO = 'rgba(250, 248, 243, .92)';

/**
 * @typedef {object} Label
 * @property {string} text
 * @property {number} x left edge of the text
 * @property {number} y its middle
 * @property {Style} style
 * @property {[number, number] | undefined} dot
 */

/**
 * A name that wants to be on the map, at a pixel.
 * @typedef {{ text: string, x: number, y: number, kind: keyof typeof STYLES, gap: number }} Wish
 */

/**
 * Where names can stand: beside their dot, right before left, or centred where they have none.
 * @param {Wish} wish
 * @param {number} width of the text
 * @returns {Box[]}
 */
function positionsOf({ x, y, kind, gap }, width) {
  const half = STYLES[kind].size / 2;
  if (!gap) return [[x - width / 2, y - half, x + width / 2, y + half]];
  return [
    [x + gap, y - half, x + gap + width, y + half],
    [x - gap - width, y - half, x - gap, y + half],
    [x - width / 2, y + gap, x + width / 2, y + gap + 2 * half],
    [x - width / 2, y - gap - 2 * half, x + width / 2, y - gap],
  ];
}

/**
 * The names that find room, in the order they are wished.
 * @param {Wish[]} wishes
 * @param {Box[]} taken boxes where no name may stand
 * @param {(text: string, font: string) => number} measure width of a text
 * @returns {Label[]}
 */
export function placeLabels(wishes, taken, measure) {
  /** @type {Label[]} */
  const labels = [];
  const said = new Set();
  const room = makeRoom(taken);
  for (const wish of wishes) {
    const style = STYLES[wish.kind];
    if (said.has(wish.text)) continue;
    const spot = /** @type {Box} */ ([wish.x - 3, wish.y - 3, wish.x + 3, wish.y + 3]);
    if (style.dot && !room.isFree(spot)) continue;
    const boxes = positionsOf(wish, measure(wish.text, style.font));
    const box = boxes.find(room.isFree);
    if (!box) continue;
    said.add(wish.text);
    room.add([box[0] - 3, box[1] - 1, box[2] + 3, box[3] + 1]);
    if (style.dot) room.add(spot);
    const dot = /** @type {[number, number] | undefined} */ (style.dot ? [wish.x, wish.y] : undefined);
    labels.push({ text: wish.text, x: box[0], y: (box[1] + box[3]) / 2, style, dot });
  }
  return labels;
}

/**
 * The base map's names that a view wants.
 * @param {Town[]} names
 * @param {View} view
 * @returns {Wish[]}
 */
export function wishesOf(names, view) {
  const wishes = [];
  for (const { name, x, y, zoom, until, kind } of names) {
    if (view.zoom < zoom || view.zoom > until) continue;
    const pixelY = y * view.scale - view.top;
    if (pixelY < 0 || pixelY > view.height) continue;
    const pixelX = wrapPixel(x, view);
    if (pixelX < 0 || pixelX > view.width) continue;
    const text = kind === 'country' ? name.toLocaleUpperCase('en') : name;
    wishes.push({ text, x: pixelX, y: pixelY, kind, gap: STYLES[kind].dot ? 5 : 0 });
  }
  return wishes;
}

/** @type {Map<string, number>} */
const widths = new Map();

/**
 * The width of a text, measured once.
 * @param {CanvasRenderingContext2D} context
 * @returns {(text: string, font: string) => number}
 */
export function measurer(context) {
  return (text, font) => {
    const key = `${font}\n${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    context.font = font;
    const { width } = context.measureText(text);
    widths.set(key, width);
    return width;
  };
}

/**
 * Draws names with a halo.
 * @param {CanvasRenderingContext2D} context
 * @param {Label[]} labels
 */
export function drawLabels(context, labels) {
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = HALO;
  for (const { text, x, y, style, dot } of labels) {
    context.font = style.font;
    if (dot) drawDot(context, dot, style);
    context.strokeText(text, x, y);
    context.fillStyle = style.colour;
    context.fillText(text, x, y);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number]} dot
 * @param {Style} style
 */
function drawDot(context, [x, y], style) {
  context.beginPath();
  context.arc(x, y, style.size > 14 ? 2.4 : 1.8, 0, 2 * Math.PI);
  context.stroke();
  context.fillStyle = style.colour;
  context.fill();
}
