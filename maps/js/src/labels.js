// Names on the map: as many as fit, the important ones first, none over another or over a mark.

import { wrapPixel } from './clusters.js';
import { makeRoom } from './room.js';
import { HALO_WIDTH } from './theme.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./basemap.js').Town} Town */
/** @typedef {import('./room.js').Box} Box */
/** @typedef {import('./theme.js').Theme} Theme */

/**
 * @typedef {object} Style
 * @property {string} font
 * @property {number} spacing pixels between letters, for scripts that are not joined
 * @property {number} size line height in pixels
 * @property {boolean} dot whether the place is marked with a dot and its name stands beside it
 */

export { overlaps } from './room.js';

/** Width of the line about a place's dot, in pixels, half of it outside. */
const DOT_RIM = 4;

const FAMILY = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** @typedef {Town['kind'] | 'incident'} Kind */

/** @type {Record<Kind, Style>} */
const STYLES = {
  country: { font: `600 13px ${FAMILY}`, spacing: 2, size: 16, dot: false },
  admin1: { font: `italic 12px ${FAMILY}`, spacing: 0.4, size: 15, dot: false },
  city: { font: `600 12.5px ${FAMILY}`, spacing: 0, size: 15, dot: true },
  town: { font: `11.5px ${FAMILY}`, spacing: 0, size: 14, dot: true },
  incident: { font: `600 12px ${FAMILY}`, spacing: 0, size: 15, dot: false },
};

/** Arabic is joined, so no letters are spaced, and small in its em; italics do not exist in it. */
const ARABIC_SIZE = 1.12;
/** Letters of scripts written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
/** Scripts without capitals stay as they are, so that only Latin, Greek and Cyrillic are spaced. */
const JOINED = /[\u0600-\u0dff]/;

/**
 * @typedef {object} Label
 * @property {string} text
 * @property {number} x left edge of the text
 * @property {number} y its middle
 * @property {Kind} kind
 * @property {[number, number] | undefined} dot
 */

/**
 * A name that wants to be on the map, at a pixel.
 * @typedef {{ text: string, x: number, y: number, kind: Kind, gap: number }} Wish
 */

/**
 * Whether a text is written from right to left: by its first letter that tells.
 * @param {string} text
 */
export const isRightToLeft = (text) => RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? '');

/**
 * The font of a text and the pixels between its letters.
 * @param {string} text
 * @param {Kind} kind
 */
function faceOf(text, kind) {
  const { font, spacing } = STYLES[kind];
  if (!JOINED.test(text)) return { font, spacing };
  const larger = font.replace(/[\d.]+px/, (size) => `${parseFloat(size) * ARABIC_SIZE}px`);
  return { font: larger.replace('italic ', ''), spacing: 0 };
}

/**
 * Where names can stand: beside their dot, first on the side to which they are read, or about the
 * middle where they have none.
 * @param {Wish} wish
 * @param {number} width of the text
 * @returns {Box[]}
 */
function positionsOf({ text, x, y, kind, gap }, width) {
  const half = STYLES[kind].size / 2;
  /** @param {number} by @returns {Box} */
  const centred = (by) => [x - width / 2, y + by - half, x + width / 2, y + by + half];
  // The name of a country or an area may give way to a mark in its middle.
  if (!gap) return [centred(0), centred(2.5 * half), centred(-2.5 * half), centred(5 * half)];
  /** @type {Box[]} */
  const sides = [
    [x + gap, y - half, x + gap + width, y + half],
    [x - gap - width, y - half, x - gap, y + half],
  ];
  if (isRightToLeft(text)) sides.reverse();
  return [...sides, centred(gap + half), centred(-gap - half)];
}

/**
 * The names that find room, in the order they are wished.
 * @param {Wish[]} wishes
 * @param {Box[]} taken boxes where no name may stand
 * @param {(text: string, font: string, spacing: number) => number} measure width of a text
 * @returns {Label[]}
 */
export function placeLabels(wishes, taken, measure) {
  /** @type {Label[]} */
  const labels = [];
  const said = new Set();
  const room = makeRoom(taken);
  for (const wish of wishes) {
    const style = STYLES[wish.kind];
    // An area and its seat are often named alike, and are two things.
    const key = `${style.dot || wish.kind === 'incident'} ${wish.text}`;
    if (said.has(key)) continue;
    const spot = /** @type {Box} */ ([wish.x - 3, wish.y - 3, wish.x + 3, wish.y + 3]);
    if (style.dot && !room.isFree(spot)) continue;
    // Most names have no room whatever their width is, and to measure a text takes long.
    if (!positionsOf(wish, 0).some(room.isFree)) continue;
    const { font, spacing } = faceOf(wish.text, wish.kind);
    const boxes = positionsOf(wish, measure(wish.text, font, spacing));
    const box = boxes.find(room.isFree);
    if (!box) continue;
    said.add(key);
    room.add([box[0] - 3, box[1] - 1, box[2] + 3, box[3] + 1]);
    if (style.dot) room.add(spot);
    const dot = /** @type {[number, number] | undefined} */ (style.dot ? [wish.x, wish.y] : undefined);
    labels.push({ text: wish.text, x: box[0], y: (box[1] + box[3]) / 2, kind: wish.kind, dot });
  }
  return labels;
}

/**
 * The edges of the window, which lies in the middle of the canvas: a name across one would be cut.
 * @param {View} view
 * @param {number} padding how far the canvas reaches beyond it, as a share of the window
 * @returns {Box[]}
 */
export function edgesOf({ width, height }, padding) {
  const x = (width * padding) / (1 + 2 * padding);
  const y = (height * padding) / (1 + 2 * padding);
  return [
    [x, 0, x + 1, height], [width - x - 1, 0, width - x, height],
    [0, y, width, y + 1], [0, height - y - 1, width, height - y],
  ];
}

/**
 * The base map's names that a view wants, in Arabic where that is asked for and known.
 * @param {Town[]} names
 * @param {View} view
 * @param {string} [language]
 * @returns {Wish[]}
 */
export function wishesOf(names, view, language) {
  const wishes = [];
  for (const town of names) {
    const { name, x, y, zoom, until, kind } = town;
    if (view.zoom < zoom || view.zoom > until) continue;
    const pixelY = y * view.scale - view.top;
    if (pixelY < 0 || pixelY > view.height) continue;
    const pixelX = wrapPixel(x, view);
    if (pixelX < 0 || pixelX > view.width) continue;
    const said = (language === 'ar' && town.arabic) || name;
    const text = kind === 'country' ? said.toUpperCase() : said;
    wishes.push({ text, x: pixelX, y: pixelY, kind, gap: STYLES[kind].dot ? 5 : 0 });
  }
  return wishes;
}

/** @type {Map<string, number>} */
const widths = new Map();

/**
 * The width of a text, measured once.
 * @param {CanvasRenderingContext2D} context
 * @returns {(text: string, font: string, spacing?: number) => number}
 */
export function measurer(context) {
  return (text, font, spacing = 0) => {
    const key = `${font}\n${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    context.font = font;
    const width = context.measureText(text).width + spacing * text.length;
    widths.set(key, width);
    return width;
  };
}

/**
 * Draws names with a halo.
 * @param {CanvasRenderingContext2D} context
 * @param {Label[]} labels
 * @param {Theme} theme
 */
export function drawLabels(context, labels, theme) {
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = HALO_WIDTH;
  context.strokeStyle = theme.halo;
  // One face after the other: to set one takes longer than to draw a name in it.
  for (const [, alike] of groupByFace(labels)) {
    const [{ text: sample, kind }] = alike;
    const { font, spacing } = faceOf(sample, kind);
    context.font = font;
    context.letterSpacing = `${spacing}px`;
    context.direction = isRightToLeft(sample) ? 'rtl' : 'ltr';
    context.fillStyle = theme.names[kind];
    for (const { text, x, y, dot } of alike) {
      if (dot) drawDot(context, dot, kind === 'city' ? 2.4 : 1.8);
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
  }
}

/**
 * Labels of the same kind and direction together.
 * @param {Label[]} labels
 * @returns {Map<string, Label[]>}
 */
function groupByFace(labels) {
  /** @type {Map<string, Label[]>} */
  const groups = new Map();
  for (const label of labels) {
    const { text, kind } = label;
    const key = `${kind} ${JOINED.test(text)} ${isRightToLeft(text)}`;
    const group = groups.get(key);
    if (group) group.push(label);
    else groups.set(key, [label]);
  }
  return groups;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number]} dot
 * @param {number} radius
 */
function drawDot(context, [x, y], radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  // A rim only: a wide halo would hide what lies at the very place.
  context.lineWidth = DOT_RIM;
  context.stroke();
  context.lineWidth = HALO_WIDTH;
  context.fill();
}
