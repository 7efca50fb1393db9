// Incidents as a layer of any Leaflet map: switched on and off like any other, popups included.

import * as L from 'leaflet';
import { makeApp } from './app.js';
import { openPayload } from './decode.js';
import { openDetails } from './details.js';
import { countOf, make, outside } from './dom.js';
import { readIncidents } from './incidents.js';
import { makeLayers } from './layers.js';
import { addIncidents, damageNote, textIn } from './page.js';
import { makeScope } from './scope.js';
import { makeTimeline } from './timeline.js';

/** @typedef {import('./app.js').App} App */

/**
 * @typedef {object} LayerOptions
 * @property {string} view how the incidents are drawn, as in the settings of a page
 * @property {boolean} controls whether the map gets the switches of the layers and the timeline
 * @property {[number, number, number, number] | null} bounds west, south, east, north
 */

/** What is put on the map while the layer is on it. */
/** @typedef {{ scope: import('./scope.js').Scope, app: App, frame: HTMLElement, control?: L.Control }} Shown */

/**
 * A layer of the incidents in a page's data blocks. They are opened when it is first added to a map.
 * @param {{ data: string, details: string, areas: string }} ids
 * @param {LayerOptions} options
 * @returns {L.Layer}
 */
export function addLayer(ids, options) {
  /** @type {Map<L.Map, Promise<Shown | undefined>>} */
  const opened = new Map();
  const Layer = L.Layer.extend({
    /** @param {L.Map} map */
    onAdd(map) {
      const before = opened.get(map);
      if (before) void before.then((shown) => shown && this._map === map && attach(map, shown));
      else opened.set(map, this.open(map));
    },
    /** @param {L.Map} map */
    onRemove(map) {
      void opened.get(map)?.then((shown) => shown && this._map !== map && detach(shown));
    },
    /** @param {L.Map} map */
    async open(map) {
      try {
        const shown = await open(map, ids, options);
        this.incidentApp = shown.app;
        if (this._map === map) shown.control?.addTo(map);
        return shown;
      } catch (error) {
        map.getContainer().append(damageNote(error));
        return undefined;
      }
    },
    /** Where the incidents lie, for folium's and Leaflet's ways to fit a map to its layers. */
    getBounds() {
      if (!options.bounds) return L.latLngBounds([]);
      const [west, south, east, north] = options.bounds;
      return L.latLngBounds([south, west], [north, east]);
    },
  });
  return new /** @type {any} */ (Layer)();
}

/** @param {L.Map} map @param {Shown} shown */
function attach(map, { scope, frame, control }) {
  scope.attach();
  frame.hidden = false;
  control?.addTo(map);
}

/** @param {Shown} shown */
function detach({ scope, frame, control }) {
  scope.detach();
  frame.hidden = true;
  control?.remove();
}

/**
 * @param {L.Map} map
 * @param {{ data: string, details: string, areas: string }} ids
 * @param {LayerOptions} options
 * @returns {Promise<Shown>}
 */
async function open(map, ids, { view, controls }) {
  const payload = await openPayload(textIn(ids.data));
  const incidents = readIncidents(payload);
  const details = openDetails(textIn(ids.details), payload.header.block_rows, payload.columns);
  const scope = makeScope(map);
  const app = makeApp({ map: scope.map, incidents, details }, { view });
  const frame = makeFrame(map);
  addIncidents(app, frame, { names: [], areas: () => openPayload(textIn(ids.areas)) });
  return { scope, app, frame, control: controls ? makeControl(app) : undefined };
}

/**
 * Where the legend of a view stands, over the map.
 * @param {L.Map} map
 */
function makeFrame(map) {
  const frame = make('div', { class: 'im-page im-plain' });
  L.DomEvent.disableClickPropagation(frame);
  L.DomEvent.disableScrollPropagation(frame);
  map.getContainer().append(frame);
  return frame;
}

/**
 * A Leaflet control with the switches of the layers and the timeline.
 * @param {App} app
 * @returns {L.Control}
 */
function makeControl(app) {
  const { title } = app.incidents.header;
  const said = make('span', { class: 'im-quiet', role: 'status' });
  const say = () => (said.textContent = countOf(app.totals().shown, 'incident'));
  app.onChange(say);
  const parts = [makeTimeline(app), makeLayers(app)];
  say();
  const box = make(
    'section',
    { class: 'im-page im-control leaflet-control', 'aria-label': title || 'Incidents' },
    make('details', {}, make('summary', {}, outside(title || 'Incidents'), ' ', said), ...parts),
  );
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  const Control = L.Control.extend({ options: { position: 'topright' }, onAdd: () => box });
  return new Control();
}
