// The map as it is seen on one canvas, with title, legend and sources: a picture to hand on.

import * as L from 'leaflet';
import { redrawAt } from './redraw.js';
import { attributionText, countText, filterLines, legendOf } from './said.js';
import { symbolCanvas } from './symbols.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {{ ink: string, quiet: string, paper: string }} Colours */

/** Pixels of the picture to one of the screen: enough for print, a few megabytes at most. */
const RATIO = 2;
const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const EDGE = 14;
const LINE = 18;
const LEGEND_WIDTH = 230;
/** What the dashes mean must go with every picture: an area is no point. */
const NOTES = ['Dashed: somewhere within this area.', 'Dashes about a number: that share is known to an area only.'];
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
  const { x: width, y: height } = app.map.getSize();
  const isWide = width >= WIDE;
  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const legend = legendOf(app);
  const total = width + (isWide ? LEGEND_WIDTH : 0);
  const head = headLines(context, app, total - 2 * EDGE);
  const foot = wrapText(context, `11px ${FONT}`, attributionText(app), total - 2 * EDGE);
  const headHeight = head.reduce((sum, { step }) => sum + step, 0) + 1.5 * EDGE;
  const below = isWide ? 0 : legend.length * (LINE + 4) + (NOTES.length + 2) * LINE + EDGE;
  canvas.width = total * RATIO;
  canvas.height = (headHeight + height + below + foot.length * 15 + EDGE) * RATIO;
  context.scale(RATIO, RATIO);
  const colours = coloursOf(page);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'alphabetic';
  drawHead(context, head, colours);
  drawPanes(context, app.map, headHeight);
  drawScale(context, app.map, headHeight + height, colours);
  const at = isWide ? { x: width + EDGE, y: headHeight + EDGE } : { x: EDGE, y: headHeight + height + EDGE };
  drawLegend(context, legend, { ...at, width: isWide ? LEGEND_WIDTH - 2 * EDGE : width - 2 * EDGE }, colours);
  context.font = `11px ${FONT}`;
  context.fillStyle = colours.quiet;
  foot.forEach((line, i) => context.fillText(line, EDGE, headHeight + height + below + 15 * (i + 1)));
  return canvas;
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
 * Text in lines no wider than `width`; a word that is wider is broken.
 * @param {CanvasRenderingContext2D} context
 * @param {string} font
 * @param {string} text
 * @param {number} width
 * @returns {string[]}
 */
function wrapText(context, font, text, width) {
  context.font = font;
  /** @type {string[]} */
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (context.measureText(longer).width <= width) line = longer;
    else {
      if (line) lines.push(line);
      line = word;
      while (context.measureText(line).width > width && line.length > 1) {
        const fits = Math.max(1, Math.floor((line.length * width) / context.measureText(line).width));
        lines.push(line.slice(0, fits));
        line = line.slice(fits);
      }
    }
  }
  return line ? [...lines, line] : lines;
}

/**
 * All canvases of the map, the lowest pane first.
 * @param {CanvasRenderingContext2D} context
 * @param {L.Map} map
 * @param {number} top
 */
function drawPanes(context, map, top) {
  const container = map.getContainer();
  const box = container.getBoundingClientRect();
  context.save();
  context.beginPath();
  context.rect(0, top, box.width, box.height);
  context.clip();
  context.fillStyle = getComputedStyle(container).backgroundColor;
  context.fillRect(0, top, box.width, box.height);
  const panes = Object.values(map.getPanes());
  panes.sort((a, b) => Number(getComputedStyle(a).zIndex) - Number(getComputedStyle(b).zIndex));
  for (const canvas of panes.flatMap((pane) => [...pane.querySelectorAll(':scope > canvas')])) {
    const own = canvas.getBoundingClientRect();
    const opacity = Number(getComputedStyle(canvas).opacity);
    context.globalAlpha = opacity;
    context.drawImage(/** @type {HTMLCanvasElement} */ (canvas), own.left - box.left, own.top - box.top + top, own.width, own.height);
  }
  context.restore();
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

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof legendOf>} legend
 * @param {{ x: number, y: number, width: number }} at
 * @param {Colours} colours
 */
function drawLegend(context, legend, { x, y, width }, colours) {
  for (const { entry, count } of legend) {
    if (entry.symbol) context.drawImage(symbolCanvas(entry), x, y, 20, 20);
    const number = count.toLocaleString('en');
    context.font = `13px ${FONT}`;
    const room = width - 34 - context.measureText(number).width;
    const lines = wrapText(context, `13px ${FONT}`, entry.label, room);
    context.fillStyle = colours.ink;
    lines.forEach((line, i) => context.fillText(line, x + 26, y + 14 + i * LINE));
    context.fillStyle = colours.quiet;
    context.fillText(number, x + width - context.measureText(number).width, y + 14);
    y += LINE * lines.length + 4;
  }
  const notes = NOTES.flatMap((note) => wrapText(context, `12px ${FONT}`, note, width));
  context.fillStyle = colours.quiet;
  notes.forEach((line, i) => context.fillText(line, x, y + (i + 1) * LINE));
}
