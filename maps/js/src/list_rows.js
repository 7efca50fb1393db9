// What a row of the list says of an incident.

import { make, outside } from './dom.js';
import { textOf } from './incidents.js';
import { symbolCanvas } from './symbols.js';
import { deathsText, placeText, precisionText, shortSpanText } from './words.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').Incidents} Incidents */

/** Rows whose long text was read for the list; forgotten when there are more. */
const MOST_KEPT = 2000;

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
 * A filler of rows, and of what a row can say only when its long text has been read.
 * @param {App} app
 */
export function makeListRows({ incidents, details }) {
  /** @type {Map<number, HTMLCanvasElement>} */
  const symbols = new Map();
  /** @type {Map<number, import('./details.js').Detail>} */
  const kept = new Map();
  /** @type {Map<number, HTMLElement>} */
  const elements = new Map();
  let turn = 0;

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
    for (const [old, used] of elements) if (used === element) elements.delete(old);
    elements.set(row, element);
    const [date, type, place, deaths, precision, source] = element.children;
    date.textContent = row < dated ? shortSpanText(start[row], end[row]) : 'no date';
    type.replaceChildren(symbolOf(columns.type[row]), outside(textOf(incidents, 'type', row)));
    const detail = kept.get(row) ?? {};
    place.replaceChildren(...placeCell(incidents, row, detail.place_text));
    deaths.textContent = deathsText(columns.deaths[row], detail.fatalities) || '–';
    deaths.ariaLabel = deaths.textContent === '–' ? 'deaths unknown' : null;
    const level = textOf(incidents, 'precision', row);
    precision.textContent = precisionText(level);
    source.replaceChildren(outside(textOf(incidents, 'source', row)));
  };
  /** @param {number[]} rows that are seen */
  const complete = async (rows) => {
    const mine = ++turn;
    const { columns } = incidents;
    for (const row of rows) {
      if (kept.has(row) || (columns.deaths[row] && columns.name[row])) continue;
      const detail = await details.read(row).catch(() => ({}));
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(row, detail);
      const element = elements.get(row);
      if (element) fill(element, row);
      if (mine !== turn) return;
    }
  };
  return { fill, complete };
}

/**
 * The place of an incident: as resolved, or else as written; or that there is none.
 * @param {Incidents} incidents
 * @param {number} row
 * @param {string | undefined} written
 * @returns {(Node | string)[]}
 */
export function placeCell(incidents, row, written) {
  const area = placeText(textOf(incidents, 'admin1', row), textOf(incidents, 'country', row));
  const name = textOf(incidents, 'name', row);
  const said = written ? ['“', outside(written), '”'] : [];
  if (!incidents.columns.place[row]) return [make('em', {}, 'not located'), written ? ': ' : '', ...said];
  if (name) return [outside(placeText(name, textOf(incidents, 'admin1', row)))];
  return [...said, written && area ? ', ' : '', outside(area)];
}
