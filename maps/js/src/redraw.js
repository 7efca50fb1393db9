// The map drawn anew at once and finer than the screen, for a picture or a sheet of paper.

import * as L from 'leaflet';

/**
 * Draws all canvases of ours again, so many pixels of theirs to one of the screen; 0 as usual.
 * @param {L.Map} map
 * @param {number} ratio
 */
export function redrawAt(map, ratio) {
  Object.assign(map.options, { pixelRatio: ratio });
  map.eachLayer((/** @type {any} */ layer) => {
    if (layer instanceof L.Renderer) /** @type {any} */ (layer)._update();
  });
}
