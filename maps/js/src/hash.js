// The page's state behind the # of its address, so that a link shows what its sender saw:
// #map=7.25/34.5/38.2&from=2019-01-01

import { parseView, readHash, setParts, writeHash } from './state.js';
import { fitView } from './view.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./kept.js').Part} Part */

/** The address is written when nothing has changed for so long: browsers limit how often it may. */
const PAUSE_MS = 400;

/**
 * The view of a map as text; four decimals of a degree are ten metres.
 * @param {import('leaflet').Map} map
 */
function viewText(map) {
  const { lat, lng } = map.getCenter().wrap();
  return [map.getZoom().toFixed(2), lat.toFixed(4), lng.toFixed(4)].map(Number).join('/');
}

/**
 * The map's view as a part: '' where it is the one that the page was opened with.
 * @param {App} app
 * @returns {Part}
 */
function makeViewPart(app) {
  const { map } = app;
  const usual = viewText(map);
  return {
    key: 'map',
    get: () => (viewText(map) === usual ? '' : viewText(map)),
    set: (text) => {
      const view = parseView(text);
      if (view) map.setView([view.lat, view.lon], limit(map, view.zoom), { animate: false });
      else if (!text) fitView(app);
    },
  };
}

/**
 * @param {import('leaflet').Map} map
 * @param {number} zoom
 */
function limit(map, zoom) {
  return Math.min(Math.max(zoom, map.getMinZoom()), map.getMaxZoom());
}

/**
 * The address of this page as it is shown now.
 * @param {App} app
 */
export function linkOf(app) {
  return location.href.replace(/#.*/s, '') + writeHash(app.kept.parts());
}

/**
 * Reads the state from the address, now and when somebody pastes another, and writes it there.
 * To be called when every part is registered and the map has its first view.
 * @param {App} app
 */
export function addHash(app) {
  const { kept, map } = app;
  kept.add(makeViewPart(app));
  const read = () => {
    const texts = readHash(location.hash);
    if (location.hash.length > 1 && !texts.size) return; // a place in the page, not a state
    setParts(kept.parts(), texts);
  };
  let timer = 0;
  const write = () => {
    try {
      const link = linkOf(app);
      if (link !== location.href) history.replaceState(history.state, '', link);
    } catch {
      // A page within a page (a notebook's cell) has no address of its own: there is no link then.
    }
  };
  if (location.hash) read();
  kept.onTouched(() => {
    clearTimeout(timer);
    timer = window.setTimeout(write, PAUSE_MS);
  });
  map.on('moveend', kept.touched);
  window.addEventListener('hashchange', read);
}
