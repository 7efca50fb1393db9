// Legends on the canvas of a picture.

import { FONT, wrapText } from './picture_text.js';
import { drawRamp } from './swatches.js';

/** @typedef {import('./legend.js').Legend} Legend */
/** @typedef {import('./legend.js').Item} Item */
/** @typedef {{ ink: string, quiet: string }} Colours */

/**
 * A part of a legend: it knows its height before there is a place for it.
 * @typedef {{ height: number, draw: (x: number, y: number, colours: Colours) => void }} Block
 */

const LINE = 18;
const SMALL_LINE = 16;
const TITLE_FONT = `600 14px ${FONT}`;
const ITEM_FONT = `13px ${FONT}`;
const NOTE_FONT = `12px ${FONT}`;
/** Between a swatch, its text and its count. */
const GAP = 8;
const RAMP_HEIGHT = 14;
/** Between two legends. */
const SPACE = 14;

/**
 * Legends one below the other.
 * @param {CanvasRenderingContext2D} context
 * @param {Legend[]} legends
 * @param {number} width
 * @returns {Block}
 */
export function layLegends(context, legends, width) {
  return stack(legends.flatMap((legend, i) => [...(i ? [space(SPACE)] : []), ...blocksOf(context, legend, width)]));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Legend} legend
 * @param {number} width
 * @returns {Block[]}
 */
function blocksOf(context, { title, choices = [], items, notes }, width) {
  const swatches = Math.max(0, ...items.map(({ swatch }) => swatch?.width ?? 0));
  /** @param {string} text */
  const note = (text) => textBlock(context, text, { font: NOTE_FONT, step: SMALL_LINE, colour: 'quiet' }, width);
  return [
    textBlock(context, title, { font: TITLE_FONT, step: LINE + 2, colour: 'ink' }, width),
    ...choices.map(note),
    ...items.map(({ ramp, ...item }) => (ramp ? rampBlock(context, ramp, width) : itemBlock(context, item, swatches, width))),
    ...notes.flatMap((text) => [space(GAP / 2), note(text)]),
  ];
}

/**
 * @param {Block[]} blocks
 * @returns {Block}
 */
function stack(blocks) {
  return {
    height: blocks.reduce((sum, { height }) => sum + height, 0),
    draw(x, y, colours) {
      for (const block of blocks) {
        block.draw(x, y, colours);
        y += block.height;
      }
    },
  };
}

/** @param {number} height @returns {Block} */
const space = (height) => ({ height, draw() {} });

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {{ font: string, step: number, colour: 'ink' | 'quiet' }} look
 * @param {number} width
 * @returns {Block}
 */
function textBlock(context, text, { font, step, colour }, width) {
  const lines = wrapText(context, font, text, width);
  return {
    height: lines.length * step,
    draw(x, y, colours) {
      context.font = font;
      context.fillStyle = colours[colour];
      lines.forEach((line, i) => context.fillText(line, x, y + (i + 0.75) * step));
    },
  };
}

/**
 * A swatch in the middle of its column, what it stands for, and how many there are.
 * @param {CanvasRenderingContext2D} context
 * @param {Item} item
 * @param {number} column width of the widest swatch
 * @param {number} width
 * @returns {Block}
 */
function itemBlock(context, { swatch, text, count = '' }, column, width) {
  context.font = ITEM_FONT;
  const left = column ? column + GAP : 0;
  const right = count ? context.measureText(count).width : 0;
  const words = textBlock(context, text, { font: ITEM_FONT, step: LINE, colour: 'ink' }, width - left - right - GAP);
  const height = Math.max(words.height, swatch?.height ?? 0, LINE) + 4;
  return {
    height,
    draw(x, y, colours) {
      if (swatch) {
        context.save();
        context.translate(x + (column - swatch.width) / 2, y + (height - swatch.height) / 2);
        swatch.draw(context);
        context.restore();
      }
      const top = y + (height - words.height) / 2;
      words.draw(x + left, top, colours);
      context.fillStyle = colours.quiet;
      context.fillText(count, x + width - right, top + 0.75 * LINE);
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./legend.js').Ramp} ramp
 * @param {number} width
 * @returns {Block}
 */
function rampBlock(context, { colours: stops, ends, marks }, width) {
  /** @param {string[]} texts @param {number} x @param {number} y */
  const across = (texts, x, y) => texts.forEach((text, i) => {
    const rest = width - context.measureText(text).width;
    context.fillText(text, x + (texts.length > 1 ? (i / (texts.length - 1)) * rest : 0), y);
  });
  return {
    height: 2 * LINE + RAMP_HEIGHT + GAP,
    draw(x, y, { ink, quiet }) {
      drawRamp(context, stops, { x, y: y + LINE, width, height: RAMP_HEIGHT });
      context.strokeStyle = quiet;
      context.lineWidth = 1;
      context.strokeRect(x, y + LINE, width, RAMP_HEIGHT);
      context.font = ITEM_FONT;
      context.fillStyle = ink;
      across(ends, x, y + 0.75 * LINE);
      across(marks, x, y + LINE + RAMP_HEIGHT + 0.85 * LINE);
    },
  };
}
