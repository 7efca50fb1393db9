// The map on paper: A4 across, with title, what is filtered, legend, scale and sources; the list on
// further sheets where it is open.

import { actorsOf } from './actors.js';
import { make, numberText, outside } from './dom.js';
import { spanText } from './dates.js';
import { textOf } from './incidents.js';
import { legendsOf } from './legend.js';
import { redrawAt } from './redraw.js';
import { countText, filterLines, sourceLines } from './said.js';
import { makeItem } from './scale_legend.js';
import { placeLine } from './seen_place.js';
import { precisionText } from './words.js';

/** @typedef {import('./app.js').App} App */

/** Twice the pixels of the screen: 192 dots an inch on paper. */
const RATIO = 2;
/** So many incidents are listed on paper, some thirty pages. */
const MOST_LISTED = 1_000;

/**
 * Makes a sheet of the page whenever it is printed, and the page of it again.
 * @param {App} app
 * @param {HTMLElement} page
 */
export function addPrint(app, page) {
  /** @type {(() => void) | undefined} */
  let restore;
  const begin = () => (restore ??= makeSheet(app, page));
  const end = () => {
    restore?.();
    restore = undefined;
  };
  window.addEventListener('beforeprint', begin);
  window.addEventListener('afterprint', end);
  window.matchMedia('print').addEventListener('change', ({ matches }) => (matches ? begin() : end()));
}

/**
 * Lays the page out as a sheet; gives what undoes it.
 * @param {App} app
 * @param {HTMLElement} page
 * @returns {() => void}
 */
function makeSheet(app, page) {
  const { map } = app;
  const { theme } = app.settings;
  const [centre, zoom, bounds] = [map.getCenter(), map.getZoom(), map.getBounds()];
  const legend = make('div', { class: 'im-sheet-legend' });
  const parts = [makeHead(app), legend, makeFoot(app)];
  const list = page.querySelector('#im-panel-list:not([hidden])') ? makeList(app) : undefined;
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

/**
 * The incidents that pass the filters, in order of date, as a table.
 * @param {App} app
 */
function makeList({ incidents, failures }) {
  const rows = [];
  for (let row = 0; row < failures.length && rows.length < MOST_LISTED; row++) {
    if (!failures[row]) rows.push(row);
  }
  const heads = ['Date', 'Event', 'Actors', 'Place', 'Known to', 'Source'];
  const total = failures.reduce((sum, failed) => sum + (failed ? 0 : 1), 0);
  return make(
    'div',
    { class: 'im-sheet-list' },
    total > rows.length
      ? make('p', {}, `The first ${numberText(rows.length)} of ${numberText(total)} incidents, in order of date.`)
      : '',
    make(
      'table',
      {},
      make('thead', {}, make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)))),
      make('tbody', {}, ...rows.map((row) => listRow(incidents, row))),
    ),
  );
}

/**
 * @param {import('./incidents.js').Incidents} incidents
 * @param {number} row
 */
function listRow(incidents, row) {
  const { dated, start, end } = incidents;
  /** @param {string} column */
  const text = (column) => textOf(incidents, column, row);
  /** @type {(Node | string)[][]} */
  const cells = [
    [row < dated ? spanText(start[row], end[row]) : 'no date'],
    [outside(text('sub_type') || text('type'))],
    actorsOf(incidents, row),
    placeLine(incidents, row, 'admin1', 'country'),
    [precisionText(text('precision'))],
    [outside(text('source'))],
  ];
  return make('tr', {}, ...cells.map((cell) => make('td', {}, ...cell)));
}
