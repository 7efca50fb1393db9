// The page's controls: which there are, and in which order.

import * as L from 'leaflet';
import { makeLayers } from './layers.js';
import { followEdges, makeList } from './list.js';
import { addPanels, makeAbout } from './panels.js';
import { makeSearchBox } from './search_box.js';
import { makeTimeline } from './timeline.js';
import { makeUnlocated } from './unlocated.js';
import { addViewSwitch } from './views.js';

/** @typedef {import('./app.js').App} App */

/**
 * @param {App} app
 * @param {HTMLElement} page
 */
export function addControls(app, page) {
  const { map, incidents } = app;
  map.attributionControl?.setPrefix(false);
  if (incidents.header.attribution) map.attributionControl?.addAttribution(incidents.header.attribution);
  L.control.zoom({ position: 'bottomright' }).addTo(map);
  L.control.scale({ position: 'bottomleft' }).addTo(map);
  const missing = () => app.totals().shown - app.totals().located;
  addPanels(app, page, makeSearchBox(app), [
    { name: 'layers', title: 'Layers', body: addViewSwitch(app, makeLayers(app)), open: true },
    { name: 'time', title: 'Time', body: makeTimeline(app), open: true },
    { name: 'list', title: 'List', body: makeList(app), open: false, dock: 'left' },
    { name: 'unlocated', title: 'Not located', body: makeUnlocated(app), open: false, count: missing, dock: 'left' },
    { name: 'about', title: 'About', body: makeAbout(app), open: false, dock: 'left' },
  ]);
  followEdges(page);
}
