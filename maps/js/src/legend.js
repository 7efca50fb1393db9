// What a legend says, as data: the panel, the picture and the sheet of paper draw the same one.

import { numberText } from './dom.js';
import { keySwatches, symbolSwatch } from './swatches.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').FacetEntry} FacetEntry */
/** @typedef {import('./swatches.js').Swatch} Swatch */

/**
 * @typedef {object} Legend
 * @property {string} title
 * @property {HTMLElement} [controls] kept as they are from one legend to the next
 * @property {string[]} [choices] what the controls are set to, where they cannot be seen
 * @property {Item[]} items
 * @property {string[]} notes
 * @property {{ title: string, entries: Entry[] }} [list] the same numbers as a list of buttons
 */

/**
 * @typedef {object} Item
 * @property {Swatch} [swatch]
 * @property {Ramp} [ramp] in place of a swatch
 * @property {string} text
 * @property {string} [count]
 */

/**
 * Colours that run into each other in even steps, and the numbers from their beginning to their end.
 * @typedef {object} Ramp
 * @property {string[]} colours
 * @property {string[]} ends what either end means
 * @property {string[]} marks
 */

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {boolean} [quoted] whether the name is what a source wrote
 * @property {string} value
 * @property {() => void} open
 */

/**
 * How the marks are to be read; the last where an incident is at several places.
 * @type {[import('./swatches.js').Key, string][]}
 */
const KEYS = [
  ['point', 'mark: a place, with its radius'],
  ['area', 'dashed: somewhere within this area'],
  ['ring', 'number in a ring: so many incidents; its arcs are their types'],
  ['share', 'dashes about a number: that share of it is known to an area only'],
  ['line', 'dotted: direction of advance'],
  ['joined', 'dashes and dots: one incident at several places'],
];

/**
 * The legends of what is on the map; none of a view whose areas are still being read.
 * @param {App} app
 * @returns {Legend[]}
 */
export function legendsOf(app) {
  if (app.settings.view === 'marks') return [typeLegend(app), keyLegend(app)];
  const own = app.legend();
  return own ? [own] : [];
}

/**
 * What the forms and lines of marks mean.
 * @param {App} app
 * @returns {Legend}
 */
export function keyLegend({ incidents, settings: { theme } }) {
  const swatches = keySwatches(incidents.header.facets[0].entries, theme);
  const isJoined = incidents.shapes.some(({ kind }) => kind === 'points');
  const keys = KEYS.filter(([key]) => key !== 'joined' || isJoined);
  return { title: 'How sure', items: keys.map(([key, text]) => ({ swatch: swatches[key], text })), notes: [] };
}

/**
 * The entries of the first facet that are shown, with their incidents: what the marks' looks mean.
 * @param {App} app
 * @returns {Legend}
 */
function typeLegend({ incidents, filters, failures }) {
  const { title, entries, sets } = incidents.header.facets[0];
  const { codes, passes } = filters.facets[0];
  const counts = new Uint32Array(entries.length);
  for (let row = 0; row < failures.length; row++) {
    if (failures[row]) continue;
    if (!sets) counts[codes[row]]++;
    else for (const code of sets[codes[row]]) counts[code]++;
  }
  const items = entries.flatMap((/** @type {FacetEntry} */ entry, /** @type {number} */ code) =>
    passes[code] && counts[code] ? [itemOf(entry, counts[code])] : []);
  return { title, items, notes: items.length ? [] : ['No incident passes the filters.'] };
}

/**
 * @param {FacetEntry} entry
 * @param {number} count
 * @returns {Item}
 */
function itemOf(entry, count) {
  return { swatch: entry.symbol ? symbolSwatch(entry) : undefined, text: entry.label, count: numberText(count) };
}
