// Circles of deaths on the canvas.

import { RAMPS, toRgb } from './classes.js';
import { shortCount } from './clusters.js';
import { overlaps } from './labels.js';
import { COUNTRY } from './layout.js';
import { HALO_WIDTH, THEMES } from './theme.js';

/** @typedef {import('./bubbles.js').Bubble} Bubble */

/** The smallest circle that is still seen; and one for a place without known deaths. */
const LEAST_RADIUS = 2.5;
export const RING_RADIUS = 3.5;
/** Below this radius dashes are not seen as such. */
const LEAST_VAGUE = 5;
/** Circles from this radius on bear their number. */
const NUMBER_RADIUS = 13;
/** Those of countries from this radius on say that they are. */
const COUNTRY_RADIUS = 26;
const FONT = '600 12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const FULL_TURN = 2 * Math.PI;

/**
 * Radius in pixels: the area is the number, but for those too small to be seen.
 * @param {Pick<Bubble, 'deaths' | 'vague'>} bubble
 * @param {number} scale radius of one death
 */
export function radiusOf({ deaths, vague }, scale) {
  if (!deaths) return vague ? LEAST_VAGUE : RING_RADIUS;
  return Math.max(vague ? LEAST_VAGUE : LEAST_RADIUS, scale * Math.sqrt(deaths));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pick<Bubble, 'x' | 'y' | 'deaths' | 'vague'>} bubble
 * @param {number} radius
 * @param {'light' | 'dark'} theme
 */
export function drawBubble(context, { x, y, deaths, vague }, radius, theme) {
  const { bubble, rim } = RAMPS[theme];
  context.beginPath();
  context.arc(x, y, radius, 0, FULL_TURN);
  context.fillStyle = `rgb(${toRgb(bubble).join(' ')} / ${deaths ? (vague ? 0.15 : 0.5) : 0})`;
  context.fill();
  // As the ring of a mark that stands for an area; dots where no deaths are known.
  context.setLineDash(!deaths ? [1.5, 2] : !vague ? [] : radius < 9 ? [2.5, 2] : [4, 3]);
  context.lineWidth = vague || !deaths ? 1.4 : 1;
  context.strokeStyle = rim;
  context.stroke();
  context.setLineDash([]);
}

/**
 * Numbers on the large circles, none over another; and what a country's circle is.
 * @param {CanvasRenderingContext2D} context
 * @param {Bubble[]} drawn largest first
 * @param {number} scale
 * @param {'light' | 'dark'} theme
 * @returns {import('./labels.js').Box[]} where no name may stand
 */
export function drawNumbers(context, drawn, scale, theme) {
  /** @type {import('./labels.js').Box[]} */
  const boxes = [];
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = HALO_WIDTH;
  context.font = FONT;
  context.strokeStyle = THEMES[theme].halo;
  context.fillStyle = THEMES[theme].ink;
  for (const bubble of drawn) {
    const { x, y, deaths, vague } = bubble;
    const radius = radiusOf(bubble, scale);
    if (radius < NUMBER_RADIUS) continue;
    const lines = vague === COUNTRY && radius >= COUNTRY_RADIUS ? ['country only', shortCount(deaths)] : [shortCount(deaths)];
    const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2;
    const box = /** @type {import('./labels.js').Box} */ ([x - half, y - 8 * lines.length, x + half, y + 8 * lines.length]);
    if (boxes.some((other) => overlaps(other, box))) continue;
    boxes.push(box);
    for (const method of /** @type {const} */ (['strokeText', 'fillText'])) {
      lines.forEach((line, i) => context[method](line, x, y + 0.5 + 15 * (i - (lines.length - 1) / 2)));
    }
  }
  // A name may stand on a large circle but not on a small one.
  for (const bubble of drawn) {
    const radius = radiusOf(bubble, scale);
    const { x, y } = bubble;
    if (radius < NUMBER_RADIUS) boxes.push([x - radius, y - radius, x + radius, y + radius]);
  }
  return boxes;
}
