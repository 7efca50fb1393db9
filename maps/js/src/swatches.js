// The small pictures of a legend, drawn as the map draws what they stand for.

import { makeHatch } from './area_drawing.js';
import { joinPoints } from './areas.js';
import { drawBubble } from './bubble_drawing.js';
import { make } from './dom.js';
import { RING_PIXELS } from './layout.js';
import { drawCluster, drawSymbol, drawVagueShare, markRadius } from './symbols.js';
import { THEMES } from './theme.js';

/** @typedef {import('./incidents.js').FacetEntry} FacetEntry */
/** @typedef {import('./theme.js').Theme} Theme */
/** @typedef {'point' | 'area' | 'ring' | 'share' | 'line' | 'joined'} Key */

/**
 * @typedef {object} Swatch
 * @property {string} key what tells it from others
 * @property {number} width pixels
 * @property {number} height
 * @property {(context: CanvasRenderingContext2D) => void} draw with its upper left corner at 0, 0
 */

/** Pixels of a swatch's canvas to one of the screen. */
const RATIO = 2;
const FULL_TURN = 2 * Math.PI;
/** So many incidents, of as many types, the rings among the keys stand for. */
const RING_COUNT = 3;

/**
 * A swatch in the page.
 * @param {Swatch} swatch
 * @returns {HTMLCanvasElement}
 */
export function swatchCanvas({ width, height, draw }) {
  const canvas = make('canvas', { class: 'im-swatch', width: RATIO * width, height: RATIO * height, 'aria-hidden': 'true' });
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.scale(RATIO, RATIO);
  if (context) draw(context);
  return canvas;
}

/**
 * Draws the colours of a ramp.
 * @param {CanvasRenderingContext2D} context
 * @param {string[]} colours
 * @param {{ x: number, y: number, width: number, height: number }} box
 */
export function drawRamp(context, colours, { x, y, width, height }) {
  const gradient = context.createLinearGradient(x, 0, x + width, 0);
  colours.forEach((colour, i) => gradient.addColorStop(i / (colours.length - 1), colour));
  context.fillStyle = gradient;
  context.fillRect(x, y, width, height);
}

/**
 * The symbol of an event type.
 * @param {FacetEntry} entry
 * @returns {Swatch}
 */
export function symbolSwatch(entry) {
  return {
    key: `${entry.symbol} ${entry.colour}`, width: 20, height: 20, draw: (context) => drawSymbol(context, entry, 10, 10, 6),
  };
}

/**
 * A field of a colour, hatched where there is none: an area without anything to show.
 * @param {string} colour
 * @param {'light' | 'dark'} theme
 * @returns {Swatch}
 */
export function classSwatch(colour, theme) {
  const [width, height] = [26, 16];
  const { land, dash } = THEMES[theme];
  return {
    key: colour || theme,
    width,
    height,
    draw(context) {
      for (const style of [colour || land, !colour && makeHatch(context, THEMES[theme])]) {
        if (!style) continue;
        context.fillStyle = style;
        context.fillRect(0, 0, width, height);
      }
      context.lineWidth = 1;
      context.strokeStyle = dash;
      context.strokeRect(0.5, 0.5, width - 1, height - 1);
    },
  };
}

/**
 * A circle of deaths.
 * @param {{ deaths: number, vague: number }} bubble
 * @param {number} radius
 * @param {'light' | 'dark'} theme
 * @returns {Swatch}
 */
export function bubbleSwatch(bubble, radius, theme) {
  const size = Math.ceil(2 * radius + 4);
  return {
    key: `${theme} ${radius.toFixed(1)} ${bubble.vague}`,
    width: size,
    height: size,
    draw: (context) => drawBubble(context, { x: size / 2, y: size / 2, ...bubble }, radius, theme),
  };
}

/**
 * What the forms of marks look like.
 * @param {FacetEntry[]} entries whose colours are the arcs of a ring
 * @param {'light' | 'dark'} theme
 * @returns {Record<Key, Swatch>}
 */
export function keySwatches(entries, theme) {
  const colours = THEMES[theme];
  const plain = { label: '', colour: colours.unknown, symbol: 'circle' };
  const types = entries.length ? entries.slice(0, RING_COUNT) : [plain];
  /** @param {Key} key @param {number} width @param {number} height @param {(context: CanvasRenderingContext2D) => void} draw */
  const swatch = (key, width, height, draw) => ({ key: `${key} ${theme}`, width, height, draw });
  return {
    point: swatch('point', 22, 22, (context) => drawPoint(context, plain, colours)),
    area: swatch('area', 26, 16, (context) => drawArea(context, colours)),
    ring: swatch('ring', 28, 28, (context) => drawCluster(context, { x: 14, y: 14, ...ringOf(types) }, types, colours)),
    share: swatch('share', 36, 36, (context) => drawShare(context, plain, colours)),
    line: swatch('line', 28, 10, (context) => drawLine(context, colours)),
    joined: swatch('joined', 34, 14, (context) => drawJoined(context, plain, colours)),
  };
}

/**
 * A ring of a few incidents, each of another type as far as there are types.
 * @param {FacetEntry[]} types
 */
function ringOf(types) {
  const byType = new Uint32Array(types.length).fill(1);
  byType[0] += RING_COUNT - types.length;
  return { count: RING_COUNT, byType };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {FacetEntry} entry
 * @param {Theme} theme
 */
function drawPoint(context, entry, theme) {
  context.beginPath();
  context.arc(11, 11, 10, 0, FULL_TURN);
  fillLightly(context, theme);
  context.stroke();
  drawSymbol(context, entry, 11, 11, 5, theme);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 */
function drawArea(context, theme) {
  context.beginPath();
  context.roundRect(1, 1, 24, 14, 3);
  fillLightly(context, theme);
  context.setLineDash([4, 3]);
  context.lineWidth = 1.5;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 */
function fillLightly(context, { dash }) {
  context.strokeStyle = context.fillStyle = dash;
  context.globalAlpha = 0.12;
  context.fill();
  context.globalAlpha = 1;
}

/**
 * Without the colours of types: the dashes are what it is about.
 * @param {CanvasRenderingContext2D} context
 * @param {FacetEntry} entry
 * @param {Theme} theme
 */
function drawShare(context, entry, theme) {
  const ring = { x: 18, y: 18, vague: 1, ...ringOf([entry]) };
  drawCluster(context, ring, [entry], theme);
  drawVagueShare(context, ring, markRadius(RING_COUNT) + RING_PIXELS - 1, theme);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 */
function drawLine(context, { dash }) {
  context.beginPath();
  context.moveTo(2, 5);
  context.lineTo(26, 5);
  context.strokeStyle = dash;
  context.lineCap = 'round';
  context.lineWidth = 2;
  context.setLineDash([2, 5]);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {FacetEntry} entry
 * @param {Theme} theme
 */
function drawJoined(context, entry, theme) {
  const ends = [{ x: 6, y: 7 }, { x: 28, y: 7 }];
  joinPoints(context, ends, theme.dash);
  for (const { x, y } of ends) drawSymbol(context, entry, x, y, 4, theme);
}
