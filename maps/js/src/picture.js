// The map as it is seen on one canvas, with title, legend and sources: a picture to hand on.

import * as L from 'leaflet';
import { numberText } from './dom.js';
import { legendsOf } from './legend.js';
import { layLegends } from './legend_drawing.js';
import { countUndrawn, drawPanes } from './picture_panes.js';
import { FONT, wrapText } from './picture_text.js';
import { redrawAt } from './redraw.js';
import { countText, filterLines, sourceLines } from './said.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {{ ink: string, quiet: string, paper: string }} Colours */

/** Pixels of the picture to one of the screen: enough for print, a few megabytes at most. */
const RATIO = 2;
const EDGE = 14;
const LINE = 18;
const FOOT_LINE = 15;
const FOOT_FONT = `11px ${FONT}`;
const LEGEND_WIDTH = 250;
/** Narrower maps have their legend below. */
const WIDE = 640;

/**
 * Whether the map shows pictures from a server: browsers let no page copy those.
 * @param {L.Map} map
 */
export function hasTiles(map) {
  let found = false;
  map.eachLayer((layer) => (found ||= layer instanceof L.GridLayer || layer instanceof L.ImageOverlay));
  return found;
}

/**
 * The map as it is seen, as a PNG file.
 * @param {App} app
 * @param {HTMLElement} page
 * @returns {Promise<Blob>}
 */
export async function makePicture(app, page) {
  redrawAt(app.map, RATIO);
  const canvas = drawPicture(app, page);
  redrawAt(app.map, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))), 'image/png');
  });
}

/**
 * @param {App} app
 * @param {HTMLElement} page
 */
function drawPicture(app, page) {
  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const parts = layOut(context, app);
  const { map, legend, head, foot } = parts;
  canvas.width = parts.width * RATIO;
  canvas.height = parts.height * RATIO;
  context.scale(RATIO, RATIO);
  const colours = coloursOf(page);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, parts.width, parts.height);
  drawHead(context, head, colours);
  drawPanes(context, app.map, map.y);
  drawScale(context, app.map, map.y + map.height, colours);
  legend.draw(legend.x, legend.y, colours);
  context.font = FOOT_FONT;
  context.fillStyle = colours.quiet;
  foot.lines.forEach((line, i) => context.fillText(line, EDGE, foot.y + FOOT_LINE * (i + 1)));
  return canvas;
}

/**
 * Where each part of a picture stands: the title above, the legend beside the map or below it,
 * sources at the foot.
 * @param {CanvasRenderingContext2D} context
 * @param {App} app
 */
function layOut(context, app) {
  const size = app.map.getSize();
  const isWide = size.x >= WIDE;
  const width = size.x + (isWide ? LEGEND_WIDTH : 0);
  const inner = width - 2 * EDGE;
  const head = headLines(context, app, inner);
  const y = head.reduce((sum, { step }) => sum + step, 0) + 1.5 * EDGE;
  const laid = layLegends(context, legendsOf(app), isWide ? LEGEND_WIDTH - 2 * EDGE : inner);
  const legend = { ...laid, x: isWide ? size.x + EDGE : EDGE, y: y + (isWide ? 0 : size.y + EDGE) };
  const lines = [...sourceLines(app), ...missingLines(app.map)].flatMap((line) => wrapText(context, FOOT_FONT, line, inner));
  const foot = { lines, y: Math.max(y + size.y, legend.y + legend.height) + EDGE / 2 };
  const height = foot.y + FOOT_LINE * lines.length + EDGE;
  return { width, height, head, legend, foot, map: { y, height: size.y } };
}

/**
 * What is on the map and not in the picture.
 * @param {L.Map} map
 * @returns {string[]}
 */
function missingLines(map) {
  const count = countUndrawn(map);
  const what = count === 1 ? 'marker or label' : 'markers or labels';
  return count ? [`Not in this picture: ${numberText(count)} further ${what} on the map.`] : [];
}

/**
 * The colours of the page's panels, which follow its theme.
 * @param {HTMLElement} page
 * @returns {Colours}
 */
function coloursOf(page) {
  const style = getComputedStyle(page);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(name).trim() || '#000';
  return { ink: colour('--ink'), quiet: colour('--quiet'), paper: colour('--paper') };
}

/**
 * Title, count and filters in lines that fit.
 * @param {CanvasRenderingContext2D} context
 * @param {App} app
 * @param {number} width
 */
function headLines(context, app, width) {
  /** @param {string} font @param {string} text @param {number} step @param {'ink' | 'quiet'} colour */
  const lines = (font, text, step, colour) =>
    wrapText(context, font, text, width).map((line) => ({ line, font, step, colour }));
  return [
    ...lines(`600 19px ${FONT}`, app.incidents.header.title || 'Incidents', 25, 'ink'),
    ...lines(`13px ${FONT}`, countText(app), LINE, 'ink'),
    ...filterLines(app).flatMap((text) => lines(`13px ${FONT}`, text, LINE, 'quiet')),
  ];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof headLines>} head
 * @param {Colours} colours
 */
function drawHead(context, head, colours) {
  let y = EDGE / 2;
  for (const { line, font, step, colour } of head) {
    y += step;
    context.font = font;
    context.fillStyle = colours[colour];
    context.fillText(line, EDGE, y);
  }
}

/**
 * The scale as the map has it in its corner.
 * @param {CanvasRenderingContext2D} context
 * @param {L.Map} map
 * @param {number} bottom
 * @param {Colours} colours
 */
function drawScale(context, map, bottom, { ink, paper }) {
  const line = map.getContainer().querySelector('.leaflet-control-scale-line');
  if (!(line instanceof HTMLElement)) return;
  const width = parseFloat(line.style.width);
  context.fillStyle = paper;
  context.globalAlpha = 0.85;
  context.fillRect(EDGE - 6, bottom - 38, width + 12, 30);
  context.globalAlpha = 1;
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.strokeRect(EDGE, bottom - 16, width, 0.01);
  context.fillStyle = ink;
  context.font = `12px ${FONT}`;
  context.fillText(line.textContent ?? '', EDGE, bottom - 22);
}
