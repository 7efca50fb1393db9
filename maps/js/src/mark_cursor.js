// The marks by keyboard: a cursor that walks those in the window, says what each is, and opens it.

import { latLng, point } from 'leaflet';
import { addCanvasLayer } from './canvas_layer.js';
import { countOf, make } from './dom.js';
import { whereText } from './seen_place.js';
import { markRadius } from './symbols.js';
import { THEMES } from './theme.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./marks.js').Marks} Marks */
/** @typedef {import('./marks.js').Hit} Hit */

/**
 * A mark, or the label of an area, that the cursor can stand on.
 * @typedef {object} Stop
 * @property {Group} group
 * @property {number} x pixels of the window
 * @property {number} y
 * @property {number} width of the ring about it
 * @property {number} height
 */

/** Marks whose middles lie in one band of so many pixels are read from left to right. */
const LINE_PIXELS = 48;
/** How far the ring lies outside the mark. */
const RING_GAP = 7;
const STEPS = /** @type {Record<string, number>} */ ({ n: 1, p: -1 });
const HINT = 'Press n or p to walk the marks, Enter to open one, Escape to leave.';

/**
 * Lets the keys n, p, Enter and Escape walk the marks while the map has the focus.
 * @param {App} app
 * @param {Marks} marks
 * @param {(hit: Hit, at: import('leaflet').LatLng) => void} open
 */
export function addMarkCursor(app, marks, open) {
  const { map } = app;
  const container = map.getContainer();
  const said = make('p', { class: 'im-heard', role: 'status', 'aria-live': 'polite' });
  const hint = make('p', { class: 'im-heard', id: 'im-cursor-hint' }, HINT);
  container.append(said, hint);
  container.setAttribute('aria-describedby', hint.id);
  /** @type {Stop | undefined} */
  let current;

  const ring = addCanvasLayer(map, 'im-cursor', 440, (context) => {
    if (current) drawRing(context, current, marks.toWindow({ x: 0, y: 0 }), THEMES[app.settings.theme]);
  }, () => current && `${current.x} ${current.y} ${current.width} ${app.settings.theme}`);
  /** @param {Stop | undefined} stop @param {string} text */
  const stand = (stop, text) => {
    if (!stop && !current) return;
    current = stop;
    said.textContent = text;
    ring.redraw();
  };
  /** @param {number} step */
  const walk = (step) => {
    const stops = stopsIn(app, marks);
    const at = current ? nearestTo(stops, current) : step > 0 ? -1 : 0;
    const index = (at + step + stops.length) % stops.length;
    if (stops.length) stand(stops[index], `${describe(app, marks, stops[index].group)}, mark ${index + 1} of ${stops.length}`);
    else said.textContent = 'No mark in the window.';
  };

  container.addEventListener('keydown', (event) => {
    if (event.target !== container || event.ctrlKey || event.altKey || event.metaKey) return;
    if (STEPS[event.key]) walk(STEPS[event.key]);
    else if (event.key === 'Enter' && current) {
      const { group, x, y } = current;
      const hit = { places: marks.placesOf(group), x, y, isCluster: group.size > 1 };
      open(hit, latLng(map.containerPointToLatLng(point(x, y))));
    } else if (event.key === 'Escape' && current) stand(undefined, '');
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  container.addEventListener('blur', () => stand(undefined, ''));
  map.on('movestart zoomstart', () => stand(undefined, ''));
  app.onChange(() => stand(undefined, ''));
}

/**
 * The marks and labels of areas that lie in the window, in reading order.
 * @param {App} app
 * @param {Marks} marks
 * @returns {Stop[]}
 */
function stopsIn({ map }, marks) {
  const { x: width, y: height } = map.getSize();
  const { marks: drawn, areas } = marks.groups();
  const stops = drawn.map((group) => {
    const [x, y] = marks.toWindow(group);
    const wide = 2 * (markRadius(group.count) + RING_GAP);
    return { group, x, y, width: wide, height: wide };
  });
  for (const { group, box } of areas) {
    const [x, y] = marks.toWindow({ x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 });
    stops.push({ group, x, y, width: box[2] - box[0] + RING_GAP, height: box[3] - box[1] + RING_GAP });
  }
  /** @param {Stop} stop */
  const line = (stop) => Math.floor(stop.y / LINE_PIXELS);
  return stops
    .filter(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height)
    .sort((a, b) => line(a) - line(b) || a.x - b.x);
}

/**
 * @param {Stop[]} stops
 * @param {Stop} current
 */
function nearestTo(stops, { x, y }) {
  let best = 0;
  stops.forEach((stop, index) => {
    if (Math.hypot(stop.x - x, stop.y - y) < Math.hypot(stops[best].x - x, stops[best].y - y)) best = index;
  });
  return best;
}

/**
 * A mark in words: "12 incidents at Idlib", "3 incidents in an area at Raqqa".
 * @param {App} app
 * @param {Marks} marks
 * @param {Group} group
 */
function describe({ incidents, failures }, marks, group) {
  const { count, vague, size, places } = group;
  const number = countOf(count, 'incident');
  if (size > 1) {
    const share = vague ? `, ${vague.toLocaleString('en')} of them known to an area only` : '';
    return `${number} at ${countOf(marks.placesOf(group).length, 'place')}${share}`;
  }
  const known = vague ? ', known to an area only' : '';
  return [number, whereText(incidents, places[0], failures)].filter(Boolean).join(' ') + known;
}

/**
 * A ring of two colours, so that it is seen on whatever lies beneath.
 * @param {CanvasRenderingContext2D} context
 * @param {Stop} stop
 * @param {[number, number]} origin pixel of the window at which the canvas begins
 * @param {import('./theme.js').Theme} theme
 */
function drawRing(context, { x, y, width, height }, [left, top], { paper, ink }) {
  context.beginPath();
  context.roundRect(x - left - width / 2, y - top - height / 2, width, height, Math.min(width, height) / 2);
  for (const [colour, thick] of /** @type {const} */ ([[paper, 7], [ink, 3]])) {
    context.strokeStyle = colour;
    context.lineWidth = thick;
    context.stroke();
  }
}
