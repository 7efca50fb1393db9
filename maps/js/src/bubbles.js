// Deaths reported as circles whose area is their number; what is known to an area only is dashed.

import { RING_RADIUS, drawBubble, drawNumbers, radiusOf } from './bubble_drawing.js';
import { numberText, toRound } from './classes.js';
import { wrapPixel } from './clusters.js';
import { countOf } from './dom.js';
import { rowsAt } from './incidents.js';
import { COUNTRY } from './layout.js';
import { calledPlace } from './seen_place.js';
import { bubbleSwatch } from './swatches.js';
import { sumDeaths, total } from './by_place.js';
import { WITHIN, beyondRange, beyondText, deathNotes, makeReachSwitch, reachNotes } from './reach.js';

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

/** Radius of the largest circle, in pixels. */
const MOST_RADIUS = 40;
/** On a phone it is smaller: this share of what is drawn. */
const RADIUS_SHARE = 1 / 20;
/** Above so many places in the window they are joined by cells of so many pixels. */
const MOST_PLACES = 200;
const CELL = 44;
const MOST_LISTED = 20;

/**
 * @param {App} app
 * @param {import('./views.js').Block} block
 * @param {() => void} redraw
 * @returns {import('./views.js').Picture}
 */
export function makeBubbles(app, block, redraw) {
  const { incidents } = app;
  const reach = makeReachSwitch(() => {
    count();
    redraw();
    app.kept.touched();
  });
  const count = () => (sums = sumDeaths(app, block.deaths, reach.isOn()));
  let sums = sumDeaths(app, block.deaths);
  /** @type {Bubble[]} */
  let drawn = [];
  let scale = 1;
  /** @param {number[]} places */
  const rowsOf = (places) => {
    const rows = rowsAt(incidents, places, app.failures);
    const reaches = reach.isOn() && beyondRange(app);
    return reaches ? rows.filter((row) => !reaches(row)) : rows;
  };
  return {
    count,
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
      const beyond = found.places.reduce((sum, place) => sum + sums.beyond[place], 0);
      if (beyond && !reach.isOn()) lines.push(beyondText(beyond));
      if (found.vague) lines.push(found.vague === COUNTRY ? 'known to a country only' : 'known to an area only');
      return { lines, rows: () => rowsOf(found.places) };
    },
    legend() {
      reach.show(reach.isOn() || total(sums.beyond) > 0);
      return {
        title: 'Deaths reported',
        controls: reach.element,
        items: itemsOf(app, drawn, scale),
        notes: notesOf(sums, reach.isOn()),
        list: listOf(app, sums, rowsOf),
      };
    },
    get: () => (reach.isOn() ? WITHIN : ''),
    set(text) {
      reach.set(text === WITHIN);
      count();
      redraw();
    },
  };
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
 * @returns {import('./legend.js').Item[]}
 */
function itemsOf({ settings: { theme } }, drawn, scale) {
  const items = sampleSizes(drawn[0]?.deaths ?? 0).map((deaths) => {
    const bubble = { deaths, vague: 0 };
    return { swatch: bubbleSwatch(bubble, radiusOf(bubble, scale), theme), text: countOf(deaths, 'death') };
  });
  if (drawn.some(({ deaths, vague }) => deaths && vague)) {
    items.push({ swatch: bubbleSwatch({ deaths: 1, vague: 1 }, 9, theme), text: 'known to an area or a country only' });
  }
  if (drawn.some(({ deaths }) => !deaths)) {
    items.push({ swatch: bubbleSwatch({ deaths: 0, vague: 0 }, RING_RADIUS, theme), text: 'incidents, no known deaths' });
  }
  return items;
}

/**
 * @param {import('./by_place.js').DeathSums} sums
 * @param {boolean} isLeftOut
 * @returns {string[]}
 */
function notesOf({ counts, deaths, unknown, beyond, beyondCounts }, isLeftOut) {
  const placed = total(deaths) - deaths[0];
  const notes = [`${countOf(placed, 'death')} reported in ${countOf(total(counts) - counts[0], 'incident')} with a location.`];
  notes.push(...reachNotes(total(beyond) - beyond[0], total(beyondCounts) - beyondCounts[0], isLeftOut));
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
  const { places } = app.incidents;
  const wanted = [];
  for (let place = 1; place < deaths.length; place++) if (deaths[place]) wanted.push(place);
  wanted.sort((a, b) => deaths[b] - deaths[a] || a - b);
  const entries = wanted.slice(0, MOST_LISTED).map((place) => ({
    ...calledPlace(app.incidents, place, app.failures),
    value: numberText(deaths[place]),
    open: () => app.open(rowsOf([place]), [places.lat[place], places.lon[place]]),
  }));
  return { title: 'Places with most deaths reported', entries };
}
