// Deaths reported as circles whose area is their number; what is known to an area only is dashed.

import { shortCount, wrapPixel } from './clusters.js';
import { RAMPS, numberText, toRgb, toRound } from './classes.js';
import { deathNotes } from './choropleth.js';
import { countOf, make } from './dom.js';
import { rowsAt } from './incidents.js';
import { overlaps } from './labels.js';
import { COUNTRY } from './layout.js';
import { countByPlace, sumDeaths, total } from './by_place.js';
import { THEMES } from './theme.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./clusters.js').View} View */

/**
 * A circle: the places of a cell, or of one place.
 * @typedef {object} Bubble
 * @property {number} x pixels from the window's left edge
 * @property {number} y
 * @property {number} deaths
 * @property {number} count incidents
 * @property {number} vague 1 where known to an area only, 2 to a country only
 * @property {number[]} places
 */

/** Radius of the largest circle, in pixels, and of the smallest that is still seen. */
const MOST_RADIUS = 40;
/** On a phone it is smaller: this share of what is drawn. */
const RADIUS_SHARE = 1 / 20;
const LEAST_RADIUS = 2.5;
const RING_RADIUS = 3.5;
/** Below this radius dashes are not seen as such. */
const LEAST_VAGUE = 5;
/** Above so many places in the window they are joined by cells of so many pixels. */
const MOST_PLACES = 200;
const CELL = 44;
/** Circles from this radius on bear their number. */
const NUMBER_RADIUS = 13;
const FONT = '600 12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const MOST_LISTED = 20;
const FULL_TURN = 2 * Math.PI;

/**
 * @param {App} app
 * @param {import('./views.js').Block} block
 * @returns {import('./views.js').Picture}
 */
export function makeBubbles(app, block) {
  const { incidents } = app;
  const sum = () => ({ counts: countByPlace(app), ...sumDeaths(app, block.deaths) });
  let sums = sum();
  /** @type {Bubble[]} */
  let drawn = [];
  let scale = 1;
  /** @param {number[]} places */
  const rowsOf = (places) => rowsAt(incidents, places, app.failures);
  return {
    count() {
      sums = sum();
    },
    draw(context, view) {
      drawn = gatherBubbles(incidents.places, sums, view);
      const most = drawn.reduce((a, { deaths }) => Math.max(a, deaths), 1);
      scale = Math.min(MOST_RADIUS, view.width * RADIUS_SHARE) / Math.sqrt(most);
      for (const bubble of drawn) drawBubble(context, bubble, radiusOf(bubble, scale), app.settings.theme);
      return { boxes: drawNumbers(context, drawn, scale, app.settings.theme), said: [] };
    },
    find(x, y) {
      // Drawn last, on top, are the smallest.
      const found = drawn.findLast((bubble) =>
        Math.hypot(bubble.x - x, bubble.y - y) <= Math.max(5, radiusOf(bubble, scale)));
      if (!found) return undefined;
      const lines = [`${countOf(found.deaths, 'death')} reported`, countOf(found.count, 'incident')];
      if (found.vague) lines.push(found.vague === COUNTRY ? 'known to a country only' : 'known to an area only');
      return { lines, rows: () => rowsOf(found.places) };
    },
    legend: () => ({
      title: 'Deaths reported',
      items: itemsOf(app, drawn, scale),
      notes: notesOf(sums),
      list: listOf(app, sums, rowsOf),
    }),
  };
}

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
 * The circles of a window, largest first; joined by cells where places are many, but never what is
 * known to an area or a country only with what is known to a place.
 * @param {Pick<import('./incidents.js').Places, 'x' | 'y' | 'vague'>} places
 * @param {{ counts: Uint32Array, deaths: Float64Array }} sums
 * @param {View} view
 * @returns {Bubble[]}
 */
export function gatherBubbles({ x, y, vague }, { counts, deaths }, view) {
  /** @type {Bubble[]} */
  const single = [];
  for (let place = 1; place < counts.length; place++) {
    if (!counts[place]) continue;
    const top = y[place] * view.scale - view.top;
    if (top < -MOST_RADIUS || top > view.height + MOST_RADIUS) continue;
    const left = wrapPixel(x[place], view);
    if (left < -MOST_RADIUS || left > view.width + MOST_RADIUS) continue;
    const own = { deaths: deaths[place], count: counts[place], vague: vague[place] };
    single.push({ x: left, y: top, ...own, places: [place] });
  }
  const bubbles = single.length > MOST_PLACES ? joinCells(single, view) : single;
  return bubbles.sort((a, b) => b.deaths - a.deaths || b.count - a.count || a.places[0] - b.places[0]);
}

/**
 * @param {Bubble[]} single
 * @param {View} view
 * @returns {Bubble[]}
 */
function joinCells(single, view) {
  /** @type {Map<string, Bubble>} */
  const cells = new Map();
  for (const bubble of single) {
    // Fixed to the ground, so that circles stay what they are while the map is moved.
    const column = Math.floor((bubble.x + view.left) / CELL);
    const key = `${column} ${Math.floor((bubble.y + view.top) / CELL)} ${bubble.vague}`;
    const found = cells.get(key);
    if (!found) cells.set(key, { ...bubble, places: [...bubble.places] });
    else join(found, bubble);
  }
  return [...cells.values()];
}

/**
 * @param {Bubble} into
 * @param {Bubble} bubble
 */
function join(into, bubble) {
  // Places without deaths count a little, so that a cell of them has a middle too.
  const weight = (bubble.deaths + 0.01) / (into.deaths + bubble.deaths + 0.02);
  into.x += (bubble.x - into.x) * weight;
  into.y += (bubble.y - into.y) * weight;
  into.deaths += bubble.deaths;
  into.count += bubble.count;
  into.places.push(bubble.places[0]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pick<Bubble, 'x' | 'y' | 'deaths' | 'vague'>} bubble
 * @param {number} radius
 * @param {'light' | 'dark'} theme
 */
function drawBubble(context, { x, y, deaths, vague }, radius, theme) {
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
function drawNumbers(context, drawn, scale, theme) {
  /** @type {import('./labels.js').Box[]} */
  const boxes = [];
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.font = FONT;
  context.strokeStyle = THEMES[theme].halo;
  context.fillStyle = THEMES[theme].ink;
  for (const bubble of drawn) {
    const { x, y, deaths, vague } = bubble;
    const radius = radiusOf(bubble, scale);
    if (radius < NUMBER_RADIUS) continue;
    const lines = vague === COUNTRY ? ['country only', shortCount(deaths)] : [shortCount(deaths)];
    const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2;
    const box = /** @type {import('./labels.js').Box} */ ([x - half, y - 8 * lines.length, x + half, y + 8 * lines.length]);
    if (boxes.some((other) => overlaps(other, box))) continue;
    boxes.push(box);
    lines.forEach((line, i) => {
      const middle = y + 0.5 + 15 * (i - (lines.length - 1) / 2);
      context.strokeText(line, x, middle);
      context.fillText(line, x, middle);
    });
  }
  // A name may stand on a large circle but not on a small one.
  for (const bubble of drawn) {
    const radius = radiusOf(bubble, scale);
    const { x, y } = bubble;
    if (radius < NUMBER_RADIUS) boxes.push([x - radius, y - radius, x + radius, y + radius]);
  }
  return boxes;
}

/**
 * Round numbers of deaths to show as samples: near the most, and a fifth and a twenty-fifth of it.
 * @param {number} most
 * @returns {number[]}
 */
export function sampleSizes(most) {
  if (most < 1) return [];
  const sizes = [most, most / 5, most / 25].filter((size) => size >= 1).map((size) => {
    const round = toRound(size, true);
    return round > most ? Math.floor(most) : round;
  });
  return [...new Set(sizes)];
}

/**
 * @param {App} app
 * @param {Bubble[]} drawn
 * @param {number} scale
 * @returns {import('./scale_legend.js').Item[]}
 */
function itemsOf({ settings: { theme } }, drawn, scale) {
  const items = sampleSizes(drawn[0]?.deaths ?? 0).map((deaths) => {
    const bubble = { deaths, vague: 0 };
    return { swatch: sample(bubble, radiusOf(bubble, scale), theme), text: countOf(deaths, 'death') };
  });
  if (drawn.some(({ deaths, vague }) => deaths && vague)) {
    items.push({ swatch: sample({ deaths: 1, vague: 1 }, 9, theme), text: 'known to an area or a country only' });
  }
  if (drawn.some(({ deaths }) => !deaths)) {
    items.push({ swatch: sample({ deaths: 0, vague: 0 }, RING_RADIUS, theme), text: 'incidents, no known deaths' });
  }
  return items;
}

/**
 * @param {{ deaths: number, vague: number }} bubble
 * @param {number} radius
 * @param {'light' | 'dark'} theme
 */
function sample(bubble, radius, theme) {
  const size = Math.ceil(2 * radius + 4);
  const canvas = make('canvas', { class: 'im-bubble', width: 2 * size, height: 2 * size, 'aria-hidden': 'true' });
  canvas.style.width = canvas.style.height = `${size}px`;
  canvas.dataset.key = `${theme} ${radius.toFixed(1)} ${bubble.vague}`;
  const context = canvas.getContext('2d');
  context?.scale(2, 2);
  if (context) drawBubble(context, { x: size / 2, y: size / 2, ...bubble }, radius, theme);
  return canvas;
}

/**
 * @param {{ counts: Uint32Array, deaths: Float64Array, unknown: Uint32Array }} sums
 * @returns {string[]}
 */
function notesOf({ counts, deaths, unknown }) {
  const placed = total(deaths) - deaths[0];
  const notes = [`${countOf(placed, 'death')} reported in ${countOf(total(counts) - counts[0], 'incident')} with a location.`];
  if (counts[0]) notes.push(`Not on the map: ${countOf(counts[0], 'incident')} without a location, ${countOf(deaths[0], 'death')} reported.`);
  return [...notes, ...deathNotes(total(unknown) - unknown[0])];
}

/**
 * The places with most deaths as a list of buttons.
 * @param {App} app
 * @param {{ deaths: Float64Array }} sums
 * @param {(places: number[]) => number[]} rowsOf
 */
function listOf(app, { deaths }, rowsOf) {
  const { places, columns, tables } = app.incidents;
  const wanted = [];
  for (let place = 1; place < deaths.length; place++) if (deaths[place]) wanted.push(place);
  wanted.sort((a, b) => deaths[b] - deaths[a] || a - b);
  const entries = wanted.slice(0, MOST_LISTED).map((place) => ({
    name: tables.name[columns.place_name[place]] || 'unnamed place',
    value: numberText(deaths[place]),
    open: () => app.open(rowsOf([place]), [places.lat[place], places.lon[place]]),
  }));
  return { title: 'Places with most deaths reported', entries };
}
