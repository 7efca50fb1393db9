// The panel about the file: what it holds, how to read it, what it is made of.

import packages from '../package.json' with { type: 'json' };
import { countOf, linkTo, make, outside } from './dom.js';
import { dayText } from './dates.js';
import { precisionText } from './words.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {{ name: string, what: string, licence: string, version?: string, url?: string, package?: string }} Credit */

const MOST_SOURCES = 20;

const READING = [
  'A mark stands for an incident at a known place, and the circle about it for how far off it may be. An incident at several places has a mark at each, joined by a line of dashes and dots, each within about the radius given. A dashed outline is an area: all that is known is that the incident lies within it. A dotted line with an arrow is a direction of advance. A number in a ring stands for several incidents; its arcs show their types, and dashes about it the share that is known to an area only. Where areas are many, they are counted in such rings; zoom in to see their outlines.',
  'Places are as exact as the sources are: an incident known to a province lies somewhere in that province. What fits two places equally well stays without a location, and is listed under “Not located” with the reason.',
  'Counts of the dead and injured are what the named source says. Sources that disagree are shown side by side.',
];

/** @type {[string, string][]} */
const KEYS = [
  ['Tab, Shift + Tab', 'to the next control, or back'],
  ['Enter, Space', 'press a button, tick a box'],
  ['Esc', 'close the panel or the list of what was found'],
  ['n, p', 'to the next or the previous mark when the map has the focus; Enter opens it'],
  ['Arrow keys', 'move the map when it has the focus; choose in a list; move a slider; turn the cards of a place'],
  ['+ and −', 'zoom the map when it has the focus'],
  ['Home, End', 'a slider to its first or last day'],
];

/**
 * The panel's body, filled when it is first opened.
 * @param {App} app
 * @returns {{ body: HTMLElement, onShow: (shown: boolean) => void }}
 */
export function makeAbout({ incidents }) {
  const body = make('div', { class: 'im-text' });
  const onShow = (/** @type {boolean} */ shown) => {
    if (shown && !body.firstChild) body.append(...contentOf(incidents));
  };
  return { body, onShow };
}

/**
 * @param {Incidents} incidents
 * @returns {(Node | string)[]}
 */
function contentOf(incidents) {
  const { about = [], attribution, credits = [] } = incidents.header;
  return [
    listOf(about.map((/** @type {[string, string]} */ [term, text]) => [outside(term), outside(text)])),
    make('h3', {}, 'In this file'),
    listOf(factsOf(incidents), 'im-facts'),
    make('h3', {}, 'How to read the map'),
    ...READING.map((text) => make('p', {}, text)),
    ...sourcesOf(incidents),
    make('h3', {}, 'What you can press'),
    listOf(KEYS.map(([keys, text]) => [make('kbd', {}, keys), text]), 'im-facts'),
    make('h3', {}, 'Made of'),
    make('ul', { class: 'im-credits' }, ...credits.map(creditOf)),
    make('p', {}, attribution || 'The base map comes from the tile server named below the map.'),
    make('p', {}, 'This page holds all of its data and asks the network for nothing, unless a tile server was chosen when it was made. Links to sources open in a new tab.'),
  ];
}

/**
 * A list of terms and texts; nothing where there are none.
 * @param {[Node | string, Node | string][]} pairs
 * @param {string} [look]
 */
function listOf(pairs, look = '') {
  if (!pairs.length) return '';
  const terms = pairs.flatMap(([term, text]) => [make('dt', {}, term), make('dd', {}, text)]);
  return make('dl', { class: look }, ...terms);
}

/**
 * How many incidents there are, from when, and how exactly their places are known.
 * @param {Incidents} incidents
 * @returns {[string, string][]}
 */
export function factsOf({ header, count, dated, columns, start, end }) {
  let located = 0;
  for (const place of columns.place) if (place) located++;
  const index = header.facets.findIndex((/** @type {{ column: string }} */ { column }) => column === 'precision');
  /** @type {[string, string][]} */
  const facts = [['Incidents', countOf(count, 'incident')]];
  if (dated) {
    const last = end.subarray(0, dated).reduce((a, b) => Math.max(a, b));
    facts.push(['First day', dayText(start[0])], ['Last day', dayText(last)]);
  }
  if (count > dated) facts.push(['Without a date', countOf(count - dated, 'incident')]);
  if (count > located) facts.push(['Without a location', countOf(count - located, 'incident')]);
  if (index < 0) return facts;
  const { entries } = header.facets[index];
  const counts = countCodes(columns.precision, entries.length);
  const levels = entries.map((/** @type {{ label: string }} */ { label }, /** @type {number} */ code) =>
    `${precisionText(label)}: ${counts[code].toLocaleString('en')}`);
  return levels.length ? [...facts, ['Precision', levels.join('; ')]] : facts;
}

/**
 * How often each code stands in a column.
 * @param {ArrayLike<number>} codes
 * @param {number} length
 */
function countCodes(codes, length) {
  const counts = new Uint32Array(length);
  for (let row = 0; row < codes.length; row++) counts[codes[row]]++;
  return counts;
}

/**
 * Incidents by source; where several are joined by semicolons, each counts once.
 * @param {string[]} texts
 * @param {ArrayLike<number>} counts how often each text stands
 * @returns {Map<string, number>}
 */
export function countSources(texts, counts) {
  /** @type {Map<string, number>} */
  const found = new Map();
  texts.forEach((text, code) => {
    if (!counts[code]) return;
    for (const name of new Set(text.split(';').map((part) => part.trim()))) {
      if (name || !text.trim()) found.set(name, (found.get(name) ?? 0) + counts[code]);
    }
  });
  return found;
}

/**
 * The sources that give most incidents, as a table.
 * @param {Incidents} incidents
 * @returns {Node[]}
 */
function sourcesOf({ tables, columns }) {
  const counts = countSources(tables.source, countCodes(columns.source, tables.source.length));
  const order = [...counts].sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
  if (!order.some(([name]) => name)) return [];
  const rows = order.slice(0, MOST_SOURCES).map(([name, count]) => make(
    'tr',
    {},
    make('td', {}, name ? outside(name) : 'no source named'),
    make('td', {}, count.toLocaleString('en')),
  ));
  const rest = order.length - rows.length;
  const head = make('tr', {}, make('th', { scope: 'col' }, 'Source'), make('th', { scope: 'col' }, 'Incidents'));
  const table = make('table', { class: 'im-sources' }, make('thead', {}, head), make('tbody', {}, ...rows));
  const more = rest ? [make('p', { class: 'im-quiet' }, `and ${countOf(rest, 'further source')}`)] : [];
  return [make('h3', {}, 'Who says so'), table, ...more];
}

/**
 * The version of a package that the page was built with, and its name where it is another.
 * @param {string} name
 * @param {string} origin
 */
function versionOf(name, origin) {
  const number = /** @type {Record<string, string>} */ (packages.dependencies)[origin];
  return name.toLowerCase() === origin ? number : `(${origin} ${number})`;
}

/** @param {Credit} credit */
function creditOf({ name, what, licence, version, url, package: origin }) {
  const number = origin ? versionOf(name, origin) : version;
  const label = url ? linkTo(url, name) : outside(name);
  return make('li', {}, label, number ? ` ${number}` : '', `: ${what}; ${licence}`);
}
