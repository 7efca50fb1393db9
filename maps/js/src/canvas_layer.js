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
 * @property {(anew?: boolean) => void} redraw at the next frame; several calls make one drawing;
 *   `anew` although the plan may be the same
 * @property {() => View | undefined} view what was drawn last
 */

/**
 * Settles what is to be drawn and gives it as a text, undefined where it is nothing: where text and
 * view are those of the last time the picture stands. Handing a picture to the browser takes longer
 * than to work it out.
 * @callback Plan
 * @param {View} view
 * @returns {string | undefined}
 */

/** How far beyond the window a canvas reaches, as a share of the window: what a drag uncovers. */
export const PADDING = 0.1;

/**
 * A canvas layer in the pane `name`, which is made with the given z-index.
 * @param {L.Map} map
 * @param {string} name
 * @param {number} zIndex
 * @param {Draw} draw
 * @param {Plan} [plan]
 * @returns {CanvasLayer}
 */
export function addCanvasLayer(map, name, zIndex, draw, plan) {
  const pane = map.getPane(name) ?? map.createPane(name);
  pane.style.zIndex = String(zIndex);
  pane.style.pointerEvents = 'none';
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  /** @type {View | undefined} */
  let drawn;
  let pending = 0;
  let planned = '';
  let isStale = true;

  /** @param {any} layer */
  function drawNow(layer) {
    cancelAnimationFrame(pending);
    pending = 0;
    const view = viewOf(map, layer._bounds);
    const planText = plan ? plan(view) : '';
    const key = [planText, ratioOf(map), ...Object.values(view)].join(' ');
    drawn = view;
    if (plan && key === planned && !isStale) return;
    planned = key;
    isStale = false;
    if (planText === undefined) {
      // An empty picture of the window's size would be memory for nothing.
      canvas.width = canvas.height = 1;
      return;
    }
    fitCanvas(canvas, view, layer._bounds, ratioOf(map));
    const context = canvas.getContext('2d');
    if (context) drawScaled(context, view, draw);
  }

  const layer = makeLayer(name, canvas, drawNow).addTo(map);
  const redraw = (anew = false) => {
    isStale ||= anew;
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
 * What a canvas over the window shows.
 * @param {L.Map} map
 * @param {L.Bounds} bounds
 * @returns {View}
 */
function viewOf(map, bounds) {
  const { x: width, y: height } = bounds.getSize();
  const origin = map.getPixelOrigin().add(/** @type {L.Point} */ (bounds.min));
  const zoom = map.getZoom();
  return { scale: 256 * 2 ** zoom, left: origin.x, top: origin.y, width, height, zoom };
}

/**
 * Pixels of a canvas to one of the screen.
 * @param {L.Map} map
 */
function ratioOf(map) {
  // A picture or a sheet of paper may ask for more pixels than the screen has.
  const asked = /** @type {{ pixelRatio?: number }} */ (map.options).pixelRatio;
  return Math.min(asked || window.devicePixelRatio || 1, 2);
}

/**
 * Lays the canvas over the window.
 * @param {HTMLCanvasElement} canvas
 * @param {View} view
 * @param {L.Bounds} bounds
 * @param {number} ratio
 */
function fitCanvas(canvas, { width, height }, bounds, ratio) {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting the same size again would take new memory for the picture at each drawing.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  L.DomUtil.setPosition(canvas, /** @type {L.Point} */ (bounds.min));
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
