// The page's own base map as layers of the map, beneath all else.

import * as L from 'leaflet';
import { drawBaseMap } from './basemap.js';
import { addCanvasLayer } from './canvas_layer.js';
import { THEMES } from './theme.js';

/**
 * Whether a tile server draws the map.
 * @param {L.Map} map
 */
export function hasTiles(map) {
  return tilesOf(map).length > 0;
}

/**
 * The layers of tiles that are to be added to a map, and those that were, which are taken from it.
 * @param {L.Map} map
 * @returns {L.Layer[]}
 */
export function takeTiles(map) {
  const waiting = /** @type {L.Map & { tilesToAdd?: L.Layer[] }} */ (map).tilesToAdd?.splice(0) ?? [];
  return [...waiting, ...tilesOf(map).map((layer) => layer.remove())];
}

/** @param {L.Map} map */
function tilesOf(map) {
  /** @type {L.Layer[]} */
  const found = [];
  map.eachLayer((layer) => layer instanceof L.TileLayer && found.push(layer));
  return found;
}

/**
 * Adds the base map, without its names.
 * @param {import('./app.js').App} app
 * @param {import('./basemap.js').BaseMap} base
 */
export function addBaseMap({ map, settings }, base) {
  addCanvasLayer(map, 'im-base', 110, (context, view) => {
    drawBaseMap(context, view, base, THEMES[settings.theme]);
  });
}
