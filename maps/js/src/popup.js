// The popup: one incident at a time, with a pager where several lie at one place.

import * as L from 'leaflet';
import { dateOf, makeCard } from './card.js';
import { button, countOf, make, outside } from './dom.js';
import { textOf } from './incidents.js';

/** @typedef {import('./app.js').App} App */

/** A list of more than this is opened at its first incident and paged, without the list of all. */
const MOST_LISTED = 300;

/** How much of the map's width a place with its radius takes when it is flown to. */
const PLACE_SHARE = 1 / 3;

/**
 * Gives the app its way to open incidents.
 * @param {App} app
 */
export function addPopup(app) {
  const narrow = () => window.matchMedia('(max-width: 640px)').matches;
  const popup = L.popup({ className: 'im-popup', maxWidth: 340, minWidth: 240 });
  app.open = (rows, at) => {
    if (!rows.length) return;
    popup.options.maxWidth = narrow() ? 300 : 340;
    const free = freeEdges(app.map);
    popup.options.autoPanPaddingTopLeft = L.point(free.left, free.top);
    popup.options.autoPanPaddingBottomRight = L.point(free.right, free.bottom);
    popup.options.maxHeight = Math.round(Math.min(440, app.map.getSize().y * (narrow() ? 0.5 : 0.6)));
    const content = make('div', { class: 'im-pages' });
    // Leaflet asks where a click came from after our handler has replaced that very button, finds
    // it nowhere, and takes the click for one on the map beneath.
    content.addEventListener('click', (event) => event.stopPropagation());
    const settle = () => popup.update();
    popup.setLatLng(at).setContent(content).openOn(app.map);
    if (rows.length === 1) void showRow(app, content, rows, 0, settle);
    else showList(app, content, rows, settle);
  };
  app.goTo = (rows) => goTo(app, rows);
}

/**
 * How far the panels reach into the map from each edge: a popup is moved clear of them.
 * @param {L.Map} map
 */
export function freeEdges(map) {
  const page = map.getContainer().parentElement;
  const { x: width, y: height } = map.getSize();
  /** @param {string} name */
  const box = (name) => {
    const element = page?.querySelector(name);
    return element && !(/** @type {HTMLElement} */ (element).hidden) ? element.getBoundingClientRect() : undefined;
  };
  const head = box('.im-head');
  const narrow = (head?.width ?? 0) > width / 2;
  const edge = 12;
  return {
    left: edge + (narrow ? 0 : (head?.right ?? 0)),
    top: edge + (narrow ? (head?.bottom ?? 0) : 0),
    right: edge + (narrow ? 0 : width - (box('.im-layers')?.left ?? width)),
    bottom: edge + (narrow ? 56 : height - (box('.im-time')?.top ?? height)),
  };
}

/**
 * @param {App} app
 * @param {number[]} rows
 */
function goTo(app, rows) {
  const { columns, places } = app.incidents;
  const located = rows.filter((row) => columns.place[row]);
  if (!located.length) return;
  const points = located.map((row) => {
    const place = columns.place[row];
    return /** @type {[number, number]} */ ([places.lat[place], places.lon[place]]);
  });
  const bounds = L.latLngBounds(points);
  const one = bounds.getNorthEast().equals(bounds.getSouthWest());
  const widest = Math.max(...located.map((row) => places.extent[columns.place[row]]));
  const zoom = widest > 0 ? Math.log2((app.map.getSize().x * PLACE_SHARE) / (256 * widest)) : 12;
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  app.map.closePopup();
  const options = { maxZoom: Math.max(5, Math.min(12, zoom)), padding: L.point(60, 60), animate: !still };
  app.map.once('moveend', () => {
    if (one) app.open(located, points[0]);
  });
  app.map.fitBounds(bounds, options);
}

/**
 * @param {App} app
 * @param {HTMLElement} content
 * @param {number[]} rows
 * @param {() => void} settle
 */
function showList(app, content, rows, settle) {
  const items = rows.slice(0, MOST_LISTED).map((row, index) => {
    const press = () => void showRow(app, content, rows, index, settle);
    const item = button('', press, { class: 'im-row' });
    item.append(
      make('span', { class: 'im-row-date' }, dateOf(app.incidents, row)),
      outside(textOf(app.incidents, 'type', row)),
      make('small', {}, outside(textOf(app.incidents, 'name', row))),
    );
    return make('li', {}, item);
  });
  const more = rows.length - items.length;
  content.replaceChildren(
    make('h2', {}, countOf(rows.length, 'incident'), ' here'),
    make('ul', { class: 'im-rows' }, ...items),
    more > 0 ? make('p', { class: 'im-quiet' }, `and ${more.toLocaleString('en')} more: open one and page on`) : '',
  );
  settle();
}

/**
 * @param {App} app
 * @param {HTMLElement} content
 * @param {number[]} rows
 * @param {number} index
 * @param {() => void} settle
 */
async function showRow(app, content, rows, index, settle) {
  const row = rows[index];
  const pager = rows.length > 1 ? makePager(app, content, rows, index, settle) : '';
  try {
    const detail = await app.details.read(row);
    content.replaceChildren(pager, makeCard(app.incidents, row, detail));
  } catch {
    content.replaceChildren(
      pager,
      makeCard(app.incidents, row, {}),
      make('p', { role: 'alert' }, 'The text of this incident is damaged in this file and cannot be shown.'),
    );
  }
  settle();
}

/**
 * @param {App} app
 * @param {HTMLElement} content
 * @param {number[]} rows
 * @param {number} index
 * @param {() => void} settle
 */
function makePager(app, content, rows, index, settle) {
  /** @param {number} step */
  const turn = async (step) => {
    await showRow(app, content, rows, (index + step + rows.length) % rows.length, settle);
    const again = content.querySelector(step > 0 ? '.im-next' : '.im-previous');
    if (again instanceof HTMLElement) again.focus();
  };
  return make(
    'div',
    { class: 'im-pager' },
    button('‹', () => void turn(-1), { class: 'im-previous', 'aria-label': 'Previous incident' }),
    make('span', { 'aria-live': 'polite' }, `${index + 1} of ${rows.length.toLocaleString('en')}`),
    button('›', () => void turn(1), { class: 'im-next', 'aria-label': 'Next incident' }),
    button('List', () => showList(app, content, rows, settle), { class: 'im-to-list' }),
  );
}
