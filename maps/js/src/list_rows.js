// What a row of the list says of an incident.

import { countedText, deathsOf, shortDeathsText } from './deaths.js';
import { make, outside } from './dom.js';
import { textOf } from './incidents.js';
import { placeLine, placeNodes, seenPlace } from './seen_place.js';
import { symbolCanvas } from './symbols.js';
import { precisionText, shortSpanText } from './words.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').Incidents} Incidents */

/** The columns, in order, and what their headers say. */
export const LIST_COLUMNS = /** @type {const} */ ([
  ['date', 'Date'],
  ['type', 'Type'],
  ['place', 'Place'],
  ['deaths', 'Deaths'],
  ['precision', 'Precision'],
  ['source', 'Source'],
]);

/** The columns' orders in words, upwards and downwards. */
const ORDERS = {
  date: ['the earliest first', 'the latest first'],
  type: ['A to Z', 'Z to A'],
  place: ['A to Z', 'Z to A'],
  deaths: ['the fewest first', 'the most first'],
  precision: ['the most exact first', 'the least exact first'],
  source: ['A to Z', 'Z to A'],
};

/**
 * The order of a list in words: "by deaths, the most first".
 * @param {import('./sort.js').SortBy} by
 * @param {boolean} down
 */
export function orderText(by, down) {
  const [, title = ''] = LIST_COLUMNS.find(([name]) => name === by) ?? [];
  return `by ${title.toLowerCase()}, ${ORDERS[by][down ? 1 : 0]}`;
}

/** An empty row. */
export function makeListRow() {
  const cells = LIST_COLUMNS.map(([name]) => make('span', { role: 'gridcell', class: `im-cell-${name}` }));
  return make('div', { role: 'row', class: 'im-list-row' }, ...cells);
}

/**
 * A filler of rows.
 * @param {App} app
 */
export function makeListRows({ incidents }) {
  /** @type {Map<number, HTMLCanvasElement>} */
  const symbols = new Map();

  /** @param {number} type */
  const symbolOf = (type) => {
    const known = symbols.get(type) ?? symbolCanvas(incidents.header.facets[0].entries[type]);
    symbols.set(type, known);
    const canvas = /** @type {HTMLCanvasElement} */ (known.cloneNode());
    canvas.getContext('2d')?.drawImage(known, 0, 0);
    return canvas;
  };
  /**
   * @param {HTMLElement} element
   * @param {number} row
   */
  const fill = (element, row) => {
    const { columns, dated, start, end } = incidents;
    const [date, type, place, deaths, precision, source] = element.children;
    date.textContent = row < dated ? shortSpanText(start[row], end[row]) : 'no date';
    type.replaceChildren(symbolOf(columns.type[row]), outside(textOf(incidents, 'type', row)));
    place.replaceChildren(...placeCell(incidents, row, 'admin1'));
    const dead = deathsOf(incidents, row);
    deaths.textContent = shortDeathsText(dead) || '–';
    deaths.setAttribute('title', countedText(dead));
    deaths.ariaLabel = deaths.textContent === '–' ? 'deaths unknown' : null;
    const level = textOf(incidents, 'precision', row);
    precision.textContent = precisionText(level);
    source.replaceChildren(outside(textOf(incidents, 'source', row)));
  };
  return { fill };
}

/**
 * The place of an incident, as resolved or else as written, and the areas about it; or that there
 * is none.
 * @param {Incidents} incidents
 * @param {number} row
 * @param {...('admin1' | 'country')} about
 * @returns {(Node | string)[]}
 */
export function placeCell(incidents, row, ...about) {
  if (incidents.columns.place[row]) return placeLine(incidents, row, ...about);
  const seen = seenPlace(incidents, row);
  return [make('em', {}, 'not located'), ...('written' in seen ? [': ', ...placeNodes(seen)] : [])];
}
