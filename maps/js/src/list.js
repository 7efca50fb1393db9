// The list of the incidents that are shown, beside the map and in step with it.

import { button, countOf, make } from './dom.js';
import { makeGrid } from './list_grid.js';
import { LIST_COLUMNS, makeListRow, makeListRows, orderText } from './list_rows.js';
import { toX, toY } from './project.js';
import { makeRing } from './ring.js';
import { whileShown } from './shown.js';
import { SORTS, makeSorter, pickRows, placesWithin } from './sort.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./sort.js').SortBy} SortBy */

/** Heights of a row in one line and in two, as in css/list.css. */
const ROW_PX = 30;
const TALL_ROW_PX = 50;
const TWO_LINES = '(max-width: 1499px)';

/**
 * What the list holds now, in its order, and which order and part of the incidents that is.
 * @typedef {() => { rows: Uint32Array, order: string, scope: string }} Listed
 */

/**
 * The panel's body, the bar above its rows, and what it lists.
 * @param {App} app
 * @returns {{ body: HTMLElement, bar: HTMLElement, listed: Listed }}
 */
export function makeList(app) {
  const { incidents, failures, map } = app;
  const sorter = makeSorter(incidents);
  const rows = makeListRows(app);
  const state = { by: /** @type {SortBy} */ ('date'), down: false, opened: -1, selected: -1 };
  const point = makeRing(app, 'im-ring-pointed');
  const pin = makeRing(app, 'im-ring-pinned');
  const headers = makeHeaders((by) => sort(by, by === state.by ? !state.down : by === 'deaths'));
  const inView = make('input', { type: 'checkbox' });
  const said = make('p', { class: 'im-list-said', role: 'status' });
  let order = sorter('date', false);
  let fromTop = true;

  const grid = makeGrid({
    label: 'Incidents',
    head: headers.element,
    rowPx: () => (window.matchMedia(TWO_LINES).matches ? TALL_ROW_PX : ROW_PX),
    makeRow: makeListRow,
    fill: rows.fill,
    point,
    open: (row) => openRow(app, row),
    select: (row) => {
      state.selected = row === state.selected ? -1 : row;
      pin(state.selected < 0 ? undefined : state.selected);
      grid.render();
    },
    marked: () => state,
  });
  const pick = () => {
    const wanted = inView.checked ? placesWithin(incidents.places, windowOf(map)) : undefined;
    return pickRows(order, failures, incidents.columns.place, wanted);
  };
  const update = () => {
    const picked = pick();
    said.textContent = countOf(picked.length, 'incident') + (inView.checked ? ' in view' : '');
    grid.setRows(picked, fromTop);
    fromTop = false;
  };
  const bar = make('div', { class: 'im-list-bar' }, said, make('label', {}, inView, ' Only what the map shows'));
  const body = make('div', { class: 'im-list-body' }, bar, grid.element);
  const touch = whileShown(body, update, () => app.kept.touched());
  /**
   * @param {SortBy} by
   * @param {boolean} down
   */
  const sort = (by, down) => {
    Object.assign(state, { by, down });
    order = sorter(by, down);
    headers.show(by, down);
    fromTop = true;
    touch();
    app.kept.touched();
  };
  headers.show(state.by, state.down);
  inView.addEventListener('change', touch);
  app.onChange(touch);
  map.on('moveend', () => inView.checked && touch());
  map.on('im-opened', (event) => {
    state.opened = /** @type {{ row?: number } & typeof event} */ (event).row ?? -1;
    if (body.clientHeight) grid.show(state.opened);
  });
  keepSort(app, state, sort);
  keepOpen(app, body);
  const listed = () => ({
    rows: pick(),
    order: orderText(state.by, state.down),
    scope: inView.checked ? 'only what the map’s window showed' : '',
  });
  return { body, bar, listed };
}

/**
 * The row of headers, each a button that sorts.
 * @param {(by: SortBy) => void} press
 */
function makeHeaders(press) {
  const cells = LIST_COLUMNS.map(([name, title]) => {
    const arrow = make('span', { 'aria-hidden': 'true', class: 'im-arrow' });
    const sorter = button(title, () => press(name));
    sorter.append(arrow);
    const cell = make('span', { role: 'columnheader', class: `im-cell-${name}` }, sorter);
    return { name, cell, arrow };
  });
  const element = make(
    'div',
    { role: 'row', class: 'im-list-row im-list-head', 'aria-rowindex': 1 },
    ...cells.map(({ cell }) => cell),
  );
  /**
   * @param {SortBy} by
   * @param {boolean} down
   */
  const show = (by, down) => {
    for (const { name, cell, arrow } of cells) {
      const isBy = name === by;
      cell.setAttribute('aria-sort', isBy ? (down ? 'descending' : 'ascending') : 'none');
      arrow.textContent = isBy ? (down ? ' ▼' : ' ▲') : '';
    }
  };
  return { element, show };
}

/**
 * Flies to an incident and opens it; one without a location is opened in the middle of the map.
 * @param {App} app
 * @param {number} row
 */
function openRow(app, row) {
  if (app.incidents.columns.place[row]) app.goTo([row]);
  else app.open([row], app.map.getCenter());
}

/**
 * The map's window in map units.
 * @param {import('leaflet').Map} map
 */
function windowOf(map) {
  const bounds = map.getBounds();
  return {
    west: toX(bounds.getWest()), east: toX(bounds.getEast()),
    north: toY(bounds.getNorth()), south: toY(bounds.getSouth()),
  };
}

/**
 * @param {App} app
 * @param {{ by: SortBy, down: boolean }} state
 * @param {(by: SortBy, down: boolean) => void} sort
 */
function keepSort(app, state, sort) {
  app.kept.add({
    key: 'sort',
    get: () => (state.by === 'date' && !state.down ? '' : (state.down ? '-' : '') + state.by),
    set: (text) => {
      const by = SORTS.find((name) => name === text.replace(/^-/, '')) ?? 'date';
      sort(by, text.startsWith('-'));
    },
  });
}

/**
 * Whether the list is open: its panel is opened and shut by its button.
 * @param {App} app
 * @param {HTMLElement} body
 */
function keepOpen(app, body) {
  app.kept.add({
    key: 'list',
    get: () => (body.clientHeight ? '1' : ''),
    set: (text) => {
      const toggle = document.querySelector(`[aria-controls="${body.parentElement?.id}"]`);
      const isOpen = toggle?.getAttribute('aria-expanded') === 'true';
      if (toggle instanceof HTMLElement && isOpen !== (text === '1')) toggle.click();
    },
  });
}
