// Marks on the canvas: a shape for each event type, rings for clusters, labels for areas.

import { mainType, shortCount } from './clusters.js';
import { THEMES } from './theme.js';

/** @typedef {import('./incidents.js').FacetEntry} FacetEntry */

const FULL_TURN = 2 * Math.PI;
const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Corners of the polygons, as turns from the top and shares of the radius. */
/** @type {Record<string, [number, number][]>} */
const CORNERS = {
  square: [45, 135, 225, 315].map((turn) => [turn, 1.2]),
  diamond: [0, 90, 180, 270].map((turn) => [turn, 1.3]),
  triangle: [0, 120, 240].map((turn) => [turn, 1.4]),
  wedge: [60, 180, 300].map((turn) => [turn, 1.4]),
  hourglass: [45, 315, 135, 225].map((turn) => [turn, 1.5]),
  saltire: [0, 90, 180, 270].flatMap((turn) => [[turn, 0.6], [turn + 28, 1.4], [turn + 62, 1.4]]),
  hexagon: [0, 60, 120, 180, 240, 300].map((turn) => [turn, 1.15]),
  star: Array.from({ length: 16 }, (_, i) => [i * 22.5, i % 2 ? 0.72 : 1.4]),
  cross: [
    [18, 1.3], [45, 0.6], [72, 1.3], [108, 1.3], [135, 0.6], [162, 1.3],
    [198, 1.3], [225, 0.6], [252, 1.3], [288, 1.3], [315, 0.6], [342, 1.3],
  ],
};

/**
 * The path of a symbol about a point.
 * @param {CanvasRenderingContext2D} context
 * @param {string | undefined} symbol
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function traceSymbol(context, symbol, x, y, radius) {
  context.beginPath();
  const corners = CORNERS[symbol ?? ''];
  if (!corners) {
    context.arc(x, y, radius, 0, FULL_TURN);
    return;
  }
  for (const [turn, share] of corners) {
    const angle = (turn / 360) * FULL_TURN;
    context.lineTo(x + Math.sin(angle) * radius * share, y - Math.cos(angle) * radius * share);
  }
  context.closePath();
}

/**
 * One incident's mark: filled, with a white rim that parts it from what lies beneath.
 * @param {CanvasRenderingContext2D} context
 * @param {FacetEntry} entry
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {import('./theme.js').Theme} [theme]
 */
export function drawSymbol(context, entry, x, y, radius, theme = THEMES.light) {
  traceSymbol(context, entry.symbol, x, y, radius);
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = theme.rim;
  context.stroke();
  context.fillStyle = entry.colour ?? theme.unknown;
  context.fill();
  context.lineWidth = 0.75;
  context.strokeStyle = theme.edge;
  context.stroke();
}

/**
 * A dashed ring about a mark that stands for an area too small to draw.
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {import('./theme.js').Theme} [theme]
 */
export function drawVagueRing(context, colour, x, y, radius, theme = THEMES.light) {
  context.beginPath();
  context.arc(x, y, radius, 0, FULL_TURN);
  context.fillStyle = theme.veil;
  context.fill();
  context.setLineDash([4, 3]);
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  context.stroke();
  context.setLineDash([]);
}

/**
 * Dashes about a cluster, over the share of its incidents that are known to an area only.
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number, count: number, vague: number }} group
 * @param {number} radius
 * @param {import('./theme.js').Theme} [theme]
 */
export function drawVagueShare(context, { x, y, count, vague }, radius, theme = THEMES.light) {
  const from = -FULL_TURN / 4;
  context.beginPath();
  context.arc(x, y, radius, from, from + Math.max(0.12, vague / count) * FULL_TURN);
  context.lineWidth = 3.5;
  context.strokeStyle = theme.veil;
  context.stroke();
  context.setLineDash([4, 3]);
  context.lineWidth = 1.5;
  context.strokeStyle = theme.dash;
  context.stroke();
  context.setLineDash([]);
}

/**
 * Radius of the mark of so many incidents, in pixels.
 * @param {number} count
 */
export function markRadius(count) {
  return count === 1 ? 7 : Math.min(32, 9 + 1.7 * Math.log2(count));
}

/**
 * The mark of several incidents: their number in a ring whose arcs are the shares of the types.
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number, count: number, byType: Uint32Array }} group
 * @param {FacetEntry[]} entries
 * @param {import('./theme.js').Theme} [theme]
 */
export function drawCluster(context, group, entries, theme = THEMES.light) {
  const { x, y, count, byType } = group;
  const radius = markRadius(count);
  context.beginPath();
  context.arc(x, y, radius + 1.5, 0, FULL_TURN);
  context.fillStyle = theme.rim;
  context.fill();
  let from = -FULL_TURN / 4;
  byType.forEach((part, type) => {
    if (!part) return;
    const to = from + (part / count) * FULL_TURN;
    context.beginPath();
    context.arc(x, y, radius - 2, from, to);
    context.lineWidth = 4;
    context.strokeStyle = entries[type].colour ?? theme.unknown;
    context.stroke();
    from = to;
  });
  drawText(context, shortCount(count), x, y, radius < 14 ? 11 : 12, theme.rimInk);
}

/** Height of an area's label in pixels. */
export const LABEL_HEIGHT = 20;

/**
 * What the label of an area says: how many incidents, and whether only the country is known.
 * @param {{ count: number }} group
 * @param {boolean} isCountry
 */
export function areaText({ count }, isCountry) {
  const number = count > 1 || isCountry ? shortCount(count) : '';
  return isCountry ? `country only ${number}` : number;
}

/**
 * Width of the label of an area, in pixels.
 * @param {string} text
 */
export function labelWidth(text) {
  return text ? 25 + 7.5 * text.length : 22;
}

/**
 * The label of an area: the symbol most of its incidents have, and how many there are.
 * @param {CanvasRenderingContext2D} context
 * @param {{ byType: Uint32Array }} group
 * @param {FacetEntry[]} entries
 * @param {{ centre: [number, number], text: string }} label where it stands and what it says
 * @param {import('./theme.js').Theme} [theme]
 */
export function drawAreaLabel(context, group, entries, { centre: [x, y], text }, theme = THEMES.light) {
  const entry = entries[mainType(group.byType)];
  const width = labelWidth(text);
  const left = x - width / 2;
  context.beginPath();
  context.roundRect(left, y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT, 4);
  context.fillStyle = theme.rim;
  context.fill();
  context.setLineDash([3, 2]);
  context.lineWidth = 1.5;
  context.strokeStyle = entry.colour ?? theme.unknown;
  context.stroke();
  context.setLineDash([]);
  traceSymbol(context, entry.symbol, left + 11, y, 4.5);
  context.fillStyle = entry.colour ?? theme.unknown;
  context.fill();
  if (text) drawText(context, text, left + 9 + (width - 9) / 2, y, 12, theme.rimInk);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {string} colour
 */
function drawText(context, text, x, y, size, colour) {
  context.font = `600 ${size}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.fillText(text, x, y + 0.5);
}

/**
 * A canvas with a symbol, for the legend.
 * @param {FacetEntry} entry
 * @returns {HTMLCanvasElement}
 */
export function symbolCanvas(entry) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 40;
  canvas.className = 'im-symbol';
  canvas.setAttribute('aria-hidden', 'true');
  // Kept as plain pixels: otherwise each symbol is a layer that the browser puts together at every
  // frame, and with it all that stands above it.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context) {
    context.scale(2, 2);
    drawSymbol(context, entry, 10, 10, 6);
  }
  return canvas;
}
