// Ways of drawing the incidents: the switch between them, and what those beside the marks share.

import * as L from 'leaflet';
import { readAreas } from './area_levels.js';
import { makeBubbles } from './bubbles.js';
import { addCanvasLayer } from './canvas_layer.js';
import { makeChoropleth } from './choropleth.js';
import { makeDensity } from './density.js';
import { make, outside } from './dom.js';
import { addScaleLegend } from './scale_legend.js';
import { deathsByRow } from './by_place.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./clusters.js').View} View */

/**
 * What stands on the map instead of marks: boxes where no other name may stand, names that are
 * there already.
 * @typedef {{ boxes: import('./labels.js').Box[], said: string[] }} Drawn
 */

/** The block of areas, and the deaths reported of each row. */
/** @typedef {{ levels: import('./area_levels.js').Level[], deaths: Int32Array }} Block */

/**
 * A way of drawing.
 * @typedef {object} Picture
 * @property {() => void} count anew, after the filters have changed
 * @property {(context: CanvasRenderingContext2D, view: View) => Drawn} draw
 * @property {(x: number, y: number) => { lines: string[], rows: () => number[] } | undefined} find
 *   what lies at a pixel of the canvas
 * @property {() => import('./scale_legend.js').Legend} legend of what was drawn last
 * @property {() => string} [get] its own choices, '' where they are as at first
 * @property {(text: string) => void} [set]
 */

const VIEWS = /** @type {const} */ ([
  ['marks', 'Marks'],
  ['areas', 'Areas'],
  ['density', 'Density'],
  ['bubbles', 'Bubbles'],
]);

/** Above the base map and tiles, below the names (420). */
const PANE_Z = 405;
/** @type {Drawn} */
const NOTHING = { boxes: [], said: [] };

/**
 * Puts the switch of views above other controls.
 * @param {App} app
 * @param {HTMLElement} body
 */
export function addViewSwitch(app, body) {
  const inputs = VIEWS.map(([value]) => make('input', { type: 'radio', name: 'im-view', value }));
  const update = () => inputs.forEach((input) => (input.checked = input.value === app.settings.view));
  inputs.forEach((input) => input.addEventListener('change', () => app.set('view', input.value)));
  const labels = VIEWS.map(([, text], i) => make('label', {}, inputs[i], make('span', {}, text)));
  body.prepend(make('fieldset', { class: 'im-views' }, make('legend', {}, 'View'), ...labels));
  app.onSetting(update);
  update();
  return body;
}

/**
 * Draws the view that is chosen, and its legend.
 * @param {App} app
 * @param {HTMLElement} page
 * @param {{ read: () => Promise<import('./decode.js').Payload>, redrawn: () => void }} means the
 *   block of areas, read when it is first needed; what is called when other names are to be placed
 * @returns {() => Drawn | undefined} what is drawn instead of the marks
 */
export function addViews(app, page, { read, redrawn }) {
  const show = addScaleLegend(page);
  const first = app.settings.view;
  /** @type {Promise<Record<string, Picture>> | undefined} */
  let pictures;
  /** @type {Picture | undefined} */
  let active;
  /** @type {import('./canvas_layer.js').CanvasLayer | undefined} */
  let layer;
  let drawn = NOTHING;
  let options = '';

  const redraw = () => layer?.redraw();
  /** @param {CanvasRenderingContext2D} context @param {View} view */
  const draw = (context, view) => {
    drawn = active ? active.draw(context, view) : NOTHING;
    if (active) show(active.legend());
    redrawn();
  };
  const choose = async () => {
    const { view } = app.settings;
    page.dataset.view = view;
    active = undefined;
    show(undefined);
    if (view === 'marks') return redraw();
    const made = await (pictures ??= makePictures(app, read, redraw)).catch((error) => void show(damaged(error)));
    // Damaged, or another view was chosen meanwhile.
    if (!made || app.settings.view !== view) return;
    active = made[view];
    active.count();
    if (options) active.set?.(options);
    if (active.get) options = '';
    layer ??= addCanvasLayer(app.map, 'im-view', PANE_Z, draw);
    redraw();
  };
  app.onChange(() => {
    active?.count();
    redraw();
  });
  followSettings(app, () => void choose(), redraw);
  keepView(app, first, {
    get: () => active?.get?.() ?? options,
    set(text) {
      options = text;
      active?.set?.(text);
    },
  });
  addPointer(app, (x, y) => active && layer && active.find(...toCanvas(app.map, layer.view(), x, y)));
  return () => (app.settings.view === 'marks' ? undefined : drawn);
}

/**
 * Calls when the view, the theme or the language has changed; at once where the page opens with another view.
 * @param {App} app
 * @param {() => void} choose
 * @param {() => void} redraw
 */
function followSettings(app, choose, redraw) {
  let shown = { ...app.settings, view: 'marks' };
  const follow = () => {
    const before = shown;
    shown = { ...app.settings };
    const { view, theme, language } = shown;
    if (view !== before.view) choose();
    else if (theme !== before.theme || language !== before.language) redraw();
  };
  app.onSetting(follow);
  follow();
}

/**
 * @param {App} app
 * @param {() => Promise<import('./decode.js').Payload>} read
 * @param {() => void} redraw
 * @returns {Promise<Record<string, Picture>>}
 */
async function makePictures(app, read, redraw) {
  const { levels, lowRows, lows } = readAreas(await read());
  const block = { levels, deaths: deathsByRow(app.incidents, lowRows, lows) };
  return { areas: makeChoropleth(app, block, redraw), density: makeDensity(app), bubbles: makeBubbles(app, block, redraw) };
}

/**
 * The view as a part of what a link carries: "density", "areas.country.deaths".
 * @param {App} app
 * @param {string} first the view with which the page is opened
 * @param {{ get: () => string, set: (text: string) => void }} choices of the view itself
 */
function keepView(app, first, choices) {
  app.kept.add({
    key: 'view',
    get() {
      const { view } = app.settings;
      const own = choices.get();
      if (own) return `${view}.${own}`;
      return view === first ? '' : view;
    },
    set(text) {
      const [name, ...own] = text.split('.');
      choices.set(own.join('.'));
      app.set('view', VIEWS.find(([known]) => known === name)?.[0] ?? first);
    },
  });
}

/**
 * Opens what is clicked, and says what lies under the pointer.
 * @param {App} app
 * @param {(x: number, y: number) => { lines: string[], rows: () => number[] } | undefined} find
 */
function addPointer(app, find) {
  const { map } = app;
  const tip = L.tooltip({ className: 'im-hover', offset: L.point(14, 0), opacity: 1 });
  map.on('click', ({ containerPoint: { x, y }, latlng }) => {
    const hit = find(x, y);
    tip.remove();
    if (hit) app.open(hit.rows(), latlng);
  });
  map.on('mouseout', () => tip.remove());
  let waiting = false;
  map.on('mousemove', ({ containerPoint: { x, y }, latlng }) => {
    if (waiting || app.settings.view === 'marks') return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const hit = find(x, y);
      map.getContainer().classList.toggle('im-over-view', Boolean(hit));
      if (!hit) return void tip.remove();
      const [title, ...lines] = hit.lines;
      tip.setContent(make('div', {}, make('strong', {}, outside(title)), ...lines.map((line) => make('div', {}, line))));
      tip.setLatLng(latlng).addTo(map);
    });
  });
}

/**
 * @param {L.Map} map
 * @param {View | undefined} view
 * @param {number} x pixels from the window's left edge
 * @param {number} y
 * @returns {[number, number]}
 */
function toCanvas(map, view, x, y) {
  const min = /** @type {L.Point} */ (map.getPixelBounds().min);
  return view ? [x + min.x - view.left, y + min.y - view.top] : [x, y];
}

/** @param {unknown} error */
function damaged(error) {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    title: 'The areas in this file are damaged',
    items: [],
    notes: ['This view cannot be drawn; the marks can. Ask for the file again, or make it anew.', reason],
  };
}
