// A page of ours: opens the data, draws the map, adds the controls.

import * as L from 'leaflet';
import { makeApp } from './app.js';
import { readBaseMap } from './basemap.js';
import { addBaseMap, hasTiles, takeTiles } from './basemap_layer.js';
import { addControls } from './controls.js';
import { openPayload } from './decode.js';
import { openDetails } from './details.js';
import { button, make } from './dom.js';
import { addHash } from './hash.js';
import { readIncidents, rowsAt } from './incidents.js';
import { addMarkCursor } from './mark_cursor.js';
import { addMarks } from './marks.js';
import { addNamesBeneath } from './names_beneath.js';
import { addPopup } from './popup.js';
import { firstLanguage } from './language_switch.js';
import { firstTheme } from './theme_switch.js';
import { fitView } from './view.js';
import { addViews } from './views.js';

/** @typedef {import('./app.js').App} App */

/**
 * What folium's scripts hand over.
 * @typedef {object} Ids
 * @property {string} data element with the columns
 * @property {string} details element with the long text
 * @property {string} areas element with the areas that incidents are counted by
 * @property {string} [base] element with the base map
 * @property {string} end the last element of a whole file
 */

/**
 * The text of a data block.
 * @param {string} id
 */
export function textIn(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no part “${id}”; the file may be cut short`);
  return element.textContent ?? '';
}

/**
 * The text of a data block that is read once: the page holds on to it no longer.
 * @param {string} id
 */
function takeText(id) {
  const text = textIn(id);
  document.getElementById(id)?.replaceChildren();
  return text;
}

/**
 * Draws incidents and controls on a map; where the data are damaged, says so.
 * @param {L.Map} map
 * @param {Ids} ids
 * @returns {Promise<App | undefined>}
 */
export async function show(map, ids) {
  const page = pageOf(map);
  try {
    const [payload, base] = await Promise.all([
      openBlock(ids.data),
      ids.base ? openBlock(ids.base).then(readBaseMap) : undefined,
    ]);
    const incidents = readIncidents(payload);
    const texts = document.getElementById(ids.details)?.textContent ?? '';
    const details = openDetails(texts, payload.header.block_rows, payload.columns);
    const look = base?.look ?? {};
    const first = { theme: firstTheme(look.theme), language: firstLanguage(look.language) };
    const app = makeApp({ map, incidents, details }, { view: payload.header.view, ...first });
    // The controls come first: the view is fitted into the room that they leave. Tiles wait for it:
    // a server is not asked for ground that nobody looks at.
    const tiles = takeTiles(map);
    map.setView([20, 10], 2, { animate: false });
    addControls(app, page, look);
    fitView(app);
    for (const layer of tiles) layer.addTo(map);
    if (base) addBaseMap(app, base);
    const names = base?.names ?? [];
    addIncidents(app, page, { names, areas: () => openPayload(textIn(ids.areas)) });
    addHash(app, page);
    Object.assign(map, { incidentApp: app });
    page.dataset.drawn = String(Math.round(performance.now()));
    if (!document.getElementById(ids.end)) page.append(tornNote());
    return app;
  } catch (error) {
    page.append(damageNote(error));
    for (const layer of takeTiles(map)) layer.addTo(map);
    return undefined;
  } finally {
    document.getElementById('im-wait')?.remove();
  }
}

/** @param {string} id */
async function openBlock(id) {
  return openPayload(takeText(id));
}

/**
 * The element that holds map and controls; one is put about a map that has none.
 * @param {L.Map} map
 * @returns {HTMLElement}
 */
function pageOf(map) {
  const container = map.getContainer();
  const parent = container.parentElement;
  if (parent?.classList.contains('im-page')) return parent;
  const page = make('div', { class: 'im-page' });
  container.replaceWith(page);
  page.append(container);
  return page;
}

/** What is said of a file whose columns are whole and whose end is missing. */
function tornNote() {
  const note = make(
    'div',
    { class: 'im-torn', role: 'alert' },
    make('p', {}, 'This file is cut short. Every incident is on the map; the texts and sources of some are missing. Ask for the file again.'),
    button('×', () => note.remove(), { 'aria-label': 'Close the note' }),
  );
  return note;
}

/** @param {unknown} error */
export function damageNote(error) {
  const reason = error instanceof Error ? error.message : String(error);
  return make(
    'div',
    { class: 'im-damage', role: 'alert' },
    make('h2', {}, 'The data in this file are damaged'),
    make('p', {}, 'Nothing can be shown from them. Ask for the file again, or make it anew.'),
    make('p', { class: 'im-quiet' }, reason),
  );
}

/**
 * @param {App} app
 * @param {HTMLElement} page
 * @param {{ names: import('./basemap.js').Town[], areas: () => Promise<import('./decode.js').Payload> }} parts
 */
export function addIncidents(app, page, { names, areas }) {
  const { map } = app;
  const instead = addViews(app, page, { read: areas, redrawn: () => marks.relabel() });
  // Tiles have names of their own, which hide ours where one comes.
  const beneath = names.length && hasTiles(map) ? addNamesBeneath(app) : undefined;
  const marks = addMarks(app, { names, instead, beneath });
  app.onChange(() => marks.redraw());
  app.onSetting(() => marks.redraw(true));
  addPopup(app);
  map.on('click', (event) => {
    const hit = marks.find(event.containerPoint.x, event.containerPoint.y);
    if (hit) answer(event, () => openHit(app, hit, event.latlng));
  });
  const over = `im-over-${L.Util.stamp(marks)}`;
  let waiting = false;
  map.on('mousemove', (event) => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const hit = marks.find(event.containerPoint.x, event.containerPoint.y);
      map.getContainer().classList.toggle(over, Boolean(hit));
    });
  });
  addMarkCursor(app, marks, (hit, at) => openHit(app, hit, at));
  Object.assign(app, { marks });
}

/**
 * Of several layers of ours under a click the uppermost answers, which hears of it last.
 * @param {any} event
 * @param {() => void} open
 */
function answer(event, open) {
  if (!event.incidentOpens) queueMicrotask(() => event.incidentOpens());
  event.incidentOpens = open;
}

/**
 * Opens what was clicked; several places in one mark are zoomed into while they can come apart.
 * @param {App} app
 * @param {import('./marks.js').Hit} hit
 * @param {L.LatLng} at
 */
function openHit(app, hit, at) {
  const { map, incidents, failures } = app;
  const { places } = hit;
  const bounds = boundsOf(incidents, places, at.lng);
  const zoom = map.getBoundsZoom(bounds, false, L.point(80, 80));
  if (hit.isCluster && map.getZoom() < Math.min(zoom, map.getMaxZoom())) {
    map.fitBounds(bounds, { padding: L.point(80, 80), maxZoom: map.getZoom() + 4 });
    return;
  }
  const one = places.length === 1 && !incidents.places.vague[places[0]];
  app.open(rowsAt(incidents, places, failures), one ? bounds.getCenter() : at);
}

/**
 * The box of places, each in the copy of the world that is nearest to a longitude.
 * @param {import('./incidents.js').Incidents} incidents
 * @param {number[]} places
 * @param {number} about degrees
 */
function boundsOf({ places: { at } }, places, about) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const place of places) {
    const { lon, lat } = at(place);
    const near = lon + 360 * Math.round((about - lon) / 360);
    [west, east] = [Math.min(west, near), Math.max(east, near)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  return L.latLngBounds([south, west], [north, east]);
}
