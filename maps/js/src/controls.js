// The page's controls: which there are, and in which order.

import * as L from 'leaflet';
import { makeAbout } from './about.js';
import { followKeys } from './by_key.js';
import { button, make } from './dom.js';
import { makeLanguageSwitch } from './language_switch.js';
import { makeLayers } from './layers.js';
import { makeList } from './list.js';
import { addPanels } from './panels.js';
import { addPrint } from './print.js';
import { makeSearchBox } from './search_box.js';
import { makeShare } from './share.js';
import { makeThemeSwitch } from './theme_switch.js';
import { makeTimeline } from './timeline.js';
import { makeUnlocated } from './unlocated.js';
import { addViewSwitch } from './views.js';

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
  followKeys(page);
  const missing = () => app.totals().shown - app.totals().located;
  const list = makeList(app);
  const print = addPrint(app, page, list.listed);
  list.bar.append(button('Print', () => void print(), { title: 'Print the map and this list' }));
  const share = makeShare(app, page, print);
  const about = makeAbout(app);
  const layers = addViewSwitch(app, makeLayers(app));
  layers.append(make(
    'div',
    { class: 'im-looks' },
    makeLanguageSwitch(app, look.language),
    makeThemeSwitch(app, page, look.theme),
  ));
  addPanels(app, page, makeSearchBox(app), [
    { name: 'layers', title: 'Layers', body: layers, open: true, place: 'right' },
    { name: 'time', title: 'Time', body: makeTimeline(app), open: true, place: 'bottom' },
    { name: 'list', title: 'List', body: list.body, open: false },
    { name: 'unlocated', title: 'Not located', body: makeUnlocated(app), open: false, count: missing },
    { name: 'share', title: 'Share', ...share, open: false },
    { name: 'about', title: 'About', ...about, open: false },
  ]);
}
