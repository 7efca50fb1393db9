// The base map's names beneath a tile server's pictures, seen where none of these comes.

import { addCanvasLayer } from './canvas_layer.js';
import { drawLabels } from './labels.js';
import { THEMES } from './theme.js';

/** Above the base map (110), below the tiles (200). */
const PANE_Z = 111;

/**
 * Adds a layer of names. They are laid out where the marks are, so that they stand free of these.
 * @param {import('./app.js').App} app
 * @returns {(labels: import('./labels.js').Label[]) => void} draws other names than before
 */
export function addNamesBeneath({ map, settings }) {
  /** @type {import('./labels.js').Label[]} */
  let labels = [];
  /** @type {import('./canvas_layer.js').CanvasLayer | undefined} */
  let layer;
  /** @param {CanvasRenderingContext2D} context */
  const draw = (context) => drawLabels(context, labels, THEMES[settings.theme]);
  return (placed) => {
    labels = placed;
    // Added after the marks, it is drawn after them when the map has moved.
    if (layer) layer.redraw();
    else layer = addCanvasLayer(map, 'im-base-names', PANE_Z, draw);
  };
}
