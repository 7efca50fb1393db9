// The map on paper: A4 across, with title, what is filtered, legend, scale and sources; the list on
// further sheets where it is open.

import { actorsOf } from './actors.js';
import { deathsOf, shortDeathsText } from './deaths.js';
import { countOf, make, numberText, outside } from './dom.js';
import { textOf } from './incidents.js';
import { legendsOf } from './legend.js';
import { placeCell } from './list_rows.js';
import { redrawAt } from './redraw.js';
import { countText, filterLines, sourceLines } from './said.js';
import { makeItem } from './scale_legend.js';
import { searchEnded } from './searched.js';
import { precisionText, whenText } from './words.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./list.js').Listed} Listed */
/** @typedef {Map<number, import('./details.js').Detail>} Details of rows, as far as they were read */

/** Twice the pixels of the screen: 192 dots an inch on paper. */
const RATIO = 2;
/** So many incidents are listed on paper, some thirty pages. */
const MOST_LISTED = 1_000;

/**
 * Makes a sheet of the page whenever it is printed, and the page of it again. Gives what prints it:
 * that can read the list's long texts first, for which a browser's own command does not wait.
 * @param {App} app
 * @param {HTMLElement} page
 * @param {Listed} listed
 * @returns {() => Promise<void>}
 */
export function addPrint(app, page, listed) {
  /** @type {(() => void) | undefined} */
  let restore;
  /** @type {Details | undefined} */
  let read;
  const begin = () => (restore ??= makeSheet(app, page, () => makeList(app, listed(), read)));
  const end = () => {
    restore?.();
    restore = undefined;
  };
  window.addEventListener('beforeprint', begin);
  window.addEventListener('afterprint', end);
  window.matchMedia('print').addEventListener('change', ({ matches }) => (matches ? begin() : end()));
  return async () => {
    await searchEnded(app);
    read = isListOpen(page) ? await readDetails(app, listed().rows) : undefined;
    window.print();
    read = undefined;
  };
}

/** @param {HTMLElement} page */
function isListOpen(page) {
  return Boolean(page.querySelector('#im-panel-list:not([hidden])'));
}

/**
 * The long texts of the rows that fit on paper, block by block; none of those that are damaged.
 * @param {App} app
 * @param {Uint32Array} rows
 * @returns {Promise<Details>}
 */
async function readDetails({ details }, rows) {
  /** @type {Details} */
  const found = new Map();
  // In order of the blocks they lie in, so that each is inflated once.
  for (const row of rows.slice(0, MOST_LISTED).sort()) found.set(row, await details.read(row).catch(() => ({})));
  return found;
}

/**
 * Lays the page out as a sheet; gives what undoes it.
 * @param {App} app
 * @param {HTMLElement} page
 * @param {() => HTMLElement} listOf
 * @returns {() => void}
 */
function makeSheet(app, page, listOf) {
  const { map } = app;
  const { theme } = app.settings;
  const [centre, zoom, bounds] = [map.getCenter(), map.getZoom(), map.getBounds()];
  const legend = make('div', { class: 'im-sheet-legend' });
  const parts = [makeHead(app), legend, makeFoot(app)];
  const list = isListOpen(page) ? listOf() : undefined;
  page.append(...parts);
  if (list) page.after(list);
  page.classList.add('im-printing');
  app.set('theme', 'light');
  map.invalidateSize({ animate: false, pan: false });
  map.fitBounds(bounds, { animate: false });
  redrawAt(map, RATIO);
  // Classes, sizes and the ramp are of what is drawn, and on paper that is more or less of the map.
  legend.append(...legendsOf(app).flatMap(makeLegend));
  return () => {
    parts.forEach((part) => part.remove());
    list?.remove();
    page.classList.remove('im-printing');
    app.set('theme', theme);
    map.invalidateSize({ animate: false, pan: false });
    map.setView(centre, zoom, { animate: false });
    redrawAt(map, 0);
  };
}

/** @param {App} app */
function makeHead(app) {
  return make(
    'div',
    { class: 'im-sheet-head' },
    make('h1', { dir: 'auto' }, app.incidents.header.title || 'Incidents'),
    make('p', {}, countText(app)),
    ...filterLines(app).map((line) => make('p', { class: 'im-quiet' }, outside(line))),
  );
}

/**
 * @param {import('./legend.js').Legend} legend
 * @returns {HTMLElement[]}
 */
function makeLegend({ title, choices = [], items, notes }) {
  return [
    make('h2', {}, outside(title)),
    ...choices.map((choice) => make('p', {}, outside(choice))),
    make('ul', {}, ...items.map(makeItem)),
    ...notes.map((note) => make('p', { class: 'im-quiet' }, note)),
  ];
}

/** @param {App} app */
function makeFoot(app) {
  return make('footer', { class: 'im-sheet-foot' }, ...sourceLines(app).map((line) => make('p', {}, outside(line))));
}

const HEADS = ['Date', 'Event', 'Actors', 'Place', 'Deaths', 'Precision', 'Source'];
const UNREAD = 'Words for how exactly a date is known are left out here; the button “Print” above the list prints them too.';

/**
 * What is listed, in the order of the list, as a table; of very many the first.
 * @param {App} app
 * @param {ReturnType<Listed>} listed
 * @param {Details} [read]
 */
function makeList({ incidents }, { rows, order, scope }, read) {
  const first = rows.subarray(0, MOST_LISTED);
  const count = first.length < rows.length ? `The first ${numberText(first.length)} of ${countOf(rows.length, 'incident')}` : countOf(rows.length, 'incident');
  return make(
    'div',
    { class: 'im-sheet-list' },
    make('p', {}, `${[count, order, scope].filter(Boolean).join(', ')}.`),
    read ? '' : make('p', {}, UNREAD),
    make(
      'table',
      {},
      make('thead', {}, make('tr', {}, ...HEADS.map((head) => make('th', { scope: 'col' }, head)))),
      make('tbody', {}, ...Array.from(first, (row) => listRow(incidents, row, read?.get(row)))),
    ),
  );
}

/**
 * @param {import('./incidents.js').Incidents} incidents
 * @param {number} row
 * @param {import('./details.js').Detail} [detail]
 */
function listRow(incidents, row, detail = {}) {
  const { dated, start, end } = incidents;
  /** @param {string} column */
  const text = (column) => textOf(incidents, column, row);
  /** @type {(Node | string)[][]} */
  const cells = [
    [row < dated ? whenText(start[row], end[row], detail.date_precision) : 'no date'],
    [outside(text('sub_type') || text('type'))],
    actorsOf(incidents, row),
    placeCell(incidents, row, 'admin1', 'country'),
    [shortDeathsText(deathsOf(incidents, row)) || '–'],
    [precisionText(text('precision'))],
    [outside(text('source'))],
  ];
  return make('tr', {}, ...cells.map((cell) => make('td', {}, ...cell)));
}
