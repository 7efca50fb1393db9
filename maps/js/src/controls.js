// The page's controls: which there are, and in which order.

import * as L from 'leaflet';
import { make } from './dom.js';
import { makeLanguageSwitch } from './language_switch.js';
import { makeLayers } from './layers.js';
import { addPanels, makeAbout } from './panels.js';
import { makeSearchBox } from './search_box.js';
import { makeThemeSwitch } from './theme_switch.js';
import { makeTimeline } from './timeline.js';
import { makeUnlocated } from './unlocated.js';

/** @typedef {import('./app.js').App} App */

/**
 * @param {App} app
 * @param {HTMLElement} page
 * @param {import('./basemap.js').Look} look what the page was made with
 */
export function addControls(app, page, look) {
  const { map, incidents } = app;
  map.attributionControl?.setPrefix(false);
  if (incidents.header.attribution) map.attributionControl?.addAttribution(incidents.header.attribution);
  L.control.zoom({ position: 'bottomright' }).addTo(map);
  L.control.scale({ position: 'bottomleft' }).addTo(map);
  const missing = () => app.totals().shown - app.totals().located;
  const layers = makeLayers(app);
  layers.append(make(
    'div',
    { class: 'im-looks' },
    makeLanguageSwitch(app, look.language),
    makeThemeSwitch(app, page, look.theme),
  ));
  addPanels(app, page, makeSearchBox(app), [
    { name: 'layers', title: 'Layers', body: layers, open: true },
    { name: 'time', title: 'Time', body: makeTimeline(app), open: true },
    { name: 'unlocated', title: 'Not located', body: makeUnlocated(app), open: false, count: missing },
    { name: 'about', title: 'About', body: makeAbout(app), open: false },
  ]);
}
