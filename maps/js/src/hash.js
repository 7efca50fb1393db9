// The page's state behind the # of its address, so that a link shows what its sender saw:
// #map=7.25/34.5/38.2&from=2019-01-01

import { makeNotice } from './notice.js';
import { parseView, readHash, setParts, writeHash } from './state.js';
import { fitView } from './view.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./kept.js').Part} Part */

/** The address is written when nothing has changed for so long: browsers limit how often it may. */
const PAUSE_MS = 400;
const TURN = 360;

/** A view as near as this to another, in pixels, is the same: Leaflet moves by whole ones. */
const SAME_PIXELS = 1.5;

/**
 * The view of a map as text, as exact as a pixel is.
 * @param {import('leaflet').Map} map
 */
function viewText(map) {
  const { lat, lng } = map.getCenter().wrap();
  const pixel = TURN / (256 * 2 ** map.getZoom());
  const decimals = Math.max(0, Math.ceil(-Math.log10(pixel)));
  return [map.getZoom().toFixed(2), lat.toFixed(decimals), lng.toFixed(decimals)].map(Number).join('/');
}

/**
 * The map's view as a part: '' where it is the one that the page was opened with.
 * @param {App} app
 * @returns {Part}
 */
function makeViewPart(app) {
  const { map } = app;
  const [centre, zoom] = [map.getCenter(), map.getZoom()];
  const isUsual = () => map.getZoom() === zoom
    && map.project(map.getCenter()).distanceTo(map.project(centre)) <= SAME_PIXELS;
  // Otherwise Leaflet would go to the nearest whole pixel from where it is.
  const exactly = /** @type {import('leaflet').ZoomPanOptions} */ ({ animate: false, reset: true });
  return {
    key: 'map',
    get: () => (isUsual() ? '' : viewText(map)),
    set: (text) => {
      const view = parseView(text);
      if (view) map.setView([view.lat, view.lon], limit(map, view.zoom), exactly);
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
 * @param {HTMLElement} page
 */
export function addHash(app, page) {
  const { kept, map } = app;
  const tell = makeNotice(page);
  kept.add(makeViewPart(app));
  const read = () => {
    const texts = readHash(location.hash);
    if (location.hash.length > 1 && !texts.size) return; // a place in the page, not a state
    tell(setParts(kept.parts(), texts));
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
