// The page's entry: opens the data, draws the map, adds the controls.

import * as L from 'leaflet';
import { makeApp } from './app.js';
import { drawBaseMap, readBaseMap } from './basemap.js';
import { addCanvasLayer } from './canvas_layer.js';
import { addControls } from './controls.js';
import { openPayload } from './decode.js';
import { openDetails } from './details.js';
import { make } from './dom.js';
import { readIncidents, rowsAt } from './incidents.js';
import { addMarks } from './marks.js';
import { addPopup } from './popup.js';
import { fitView } from './view.js';

/** @typedef {import('./app.js').App} App */

/**
 * What folium's scripts hand over.
 * @typedef {object} Ids
 * @property {string} data element with the columns
 * @property {string} details element with the long text
 * @property {string} [base] element with the base map
 */

/**
 * The text of a data block.
 * @param {string} id
 */
function textIn(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no part “${id}”; the file may be cut short`);
  return element.textContent ?? '';
}

/**
 * Draws incidents and controls on a map; where the data are damaged, says so.
 * @param {L.Map} map
 * @param {Ids} ids
 * @returns {Promise<App | undefined>}
 */
async function show(map, ids) {
  const page = pageOf(map);
  try {
    const [payload, base] = await Promise.all([
      openPayload(textIn(ids.data)),
      ids.base ? openPayload(textIn(ids.base)).then(readBaseMap) : undefined,
    ]);
    const incidents = readIncidents(payload);
    const details = openDetails(textIn(ids.details), payload.header.block_rows, payload.columns);
    const app = makeApp({ map, incidents, details });
    // The controls come first: the view is fitted into the room that they leave.
    map.setView([20, 10], 2, { animate: false });
    addControls(app, page);
    fitView(app);
    if (base) addCanvasLayer(map, 'im-base', 110, (context, view) => drawBaseMap(context, view, base));
    addIncidents(app, base?.names ?? []);
    Object.assign(map, { incidentApp: app });
    page.dataset.drawn = String(Math.round(performance.now()));
    return app;
  } catch (error) {
    page.append(damageNote(error));
    return undefined;
  }
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

/** @param {unknown} error */
function damageNote(error) {
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
 * @param {import('./basemap.js').Town[]} names
 */
function addIncidents(app, names) {
  const { map, incidents, failures } = app;
  const { entries } = incidents.header.facets[0];
  const marks = addMarks(map, incidents, { failures, entries, names });
  app.onChange(marks.redraw);
  addPopup(app);
  map.on('click', (event) => {
    const hit = marks.find(event.containerPoint.x, event.containerPoint.y);
    if (hit) openHit(app, hit, event.latlng);
  });
  let waiting = false;
  map.on('mousemove', (event) => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const over = marks.find(event.containerPoint.x, event.containerPoint.y);
      map.getContainer().classList.toggle('im-over', Boolean(over));
    });
  });
  Object.assign(app, { marks });
}

/**
 * Opens what was clicked; several places in one mark are zoomed into while they can come apart.
 * @param {App} app
 * @param {import('./marks.js').Hit} hit
 * @param {L.LatLng} at
 */
function openHit(app, hit, at) {
  const { map, incidents, failures } = app;
  const { lat, lon } = incidents.places;
  const points = hit.places.map((place) => L.latLng(lat[place], lon[place]));
  const bounds = L.latLngBounds(points);
  const zoom = map.getBoundsZoom(bounds, false, L.point(80, 80));
  if (hit.isCluster && map.getZoom() < Math.min(zoom, map.getMaxZoom())) {
    map.fitBounds(bounds, { padding: L.point(80, 80), maxZoom: map.getZoom() + 4 });
    return;
  }
  const one = hit.places.length === 1 && !incidents.places.vague[hit.places[0]];
  app.open(rowsAt(incidents, hit.places, failures), one ? points[0] : at);
}

// A copy: a module itself cannot be added to, and plugins of folium do that.
Object.assign(window, { L: { ...L }, IncidentMapper: { show } });
