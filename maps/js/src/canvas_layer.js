// A Leaflet layer that is one canvas in a pane of its own, redrawn when the map has moved.

import * as L from 'leaflet';

/** @typedef {import('./clusters.js').View} View */

/**
 * @callback Draw
 * @param {CanvasRenderingContext2D} context cleared, in CSS pixels
 * @param {View} view
 * @returns {void}
 */

/**
 * A layer and the means to draw it again.
 * @typedef {object} CanvasLayer
 * @property {L.Layer} layer
 * @property {() => void} redraw at the next frame; several calls make one drawing
 * @property {() => View | undefined} view what was drawn last
 */

/** How far beyond the window a canvas reaches, as a share of the window: what a drag uncovers. */
export const PADDING = 0.2;

/**
 * A canvas layer in the pane `name`, which is made with the given z-index.
 * @param {L.Map} map
 * @param {string} name
 * @param {number} zIndex
 * @param {Draw} draw
 * @returns {CanvasLayer}
 */
export function addCanvasLayer(map, name, zIndex, draw) {
  const pane = map.getPane(name) ?? map.createPane(name);
  pane.style.zIndex = String(zIndex);
  pane.style.pointerEvents = 'none';
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  /** @type {View | undefined} */
  let drawn;
  let pending = 0;

  /** @param {any} layer */
  function drawNow(layer) {
    cancelAnimationFrame(pending);
    pending = 0;
    drawn = fitCanvas(map, canvas, layer._bounds);
    const context = canvas.getContext('2d');
    if (context) drawScaled(context, drawn, draw);
  }

  const layer = makeLayer(name, canvas, drawNow).addTo(map);
  const redraw = () => {
    if (!pending) pending = requestAnimationFrame(() => drawNow(layer));
  };
  return { layer, redraw, view: () => drawn };
}

/**
 * Leaflet's own renderer moves and scales the canvas while the map moves; only the drawing is ours.
 * @param {string} pane
 * @param {HTMLCanvasElement} canvas
 * @param {(layer: any) => void} drawNow
 * @returns {L.Layer}
 */
function makeLayer(pane, canvas, drawNow) {
  const base = /** @type {any} */ (L.Renderer);
  const Layer = base.extend({
    options: { pane, padding: PADDING },
    _initContainer() {
      this._container = canvas;
    },
    _destroyContainer() {
      canvas.remove();
    },
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      base.prototype._update.call(this);
      drawNow(this);
    },
  });
  return new Layer();
}

/**
 * Lays the canvas over the window and says what it shows.
 * @param {L.Map} map
 * @param {HTMLCanvasElement} canvas
 * @param {L.Bounds} bounds
 * @returns {View}
 */
function fitCanvas(map, canvas, bounds) {
  const min = /** @type {L.Point} */ (bounds.min);
  const { x: width, y: height } = bounds.getSize();
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  L.DomUtil.setPosition(canvas, min);
  const origin = map.getPixelOrigin().add(min);
  const zoom = map.getZoom();
  return { scale: 256 * 2 ** zoom, left: origin.x, top: origin.y, width, height, zoom };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Draw} draw
 */
function drawScaled(context, view, draw) {
  const ratio = context.canvas.width / view.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  draw(context, view);
}
