// The frame of the page: head, buttons, panels. On a phone one panel at a time, as a sheet.

import { button, countOf, make, outside } from './dom.js';

/** @typedef {import('./app.js').App} App */

/**
 * A panel of the page.
 * @typedef {object} Panel
 * @property {string} name
 * @property {string} title
 * @property {HTMLElement} body
 * @property {boolean} open whether it is open at first on a wide window
 * @property {() => number} [count] number beside the title on the button
 */

const NARROW = '(max-width: 640px)';

/**
 * The page's head: title, what is shown, search, and the buttons that open the panels.
 * @param {App} app
 * @param {HTMLElement} page
 * @param {HTMLElement} search
 * @param {Panel[]} panels
 */
export function addPanels(app, page, search, panels) {
  const { title } = app.incidents.header;
  const summary = make('p', { class: 'im-summary', role: 'status' });
  const bar = make('div', { class: 'im-bar' });
  const head = make(
    'header',
    { class: 'im-head' },
    make('h1', { dir: 'auto' }, title || 'Incidents'),
    summary,
    search,
    bar,
  );
  page.prepend(head);
  const frames = panels.map((panel) => addPanel(app, page, bar, panel));
  frames.forEach(({ toggle, set }) => {
    toggle.addEventListener('click', () => {
      const opening = toggle.getAttribute('aria-expanded') !== 'true';
      if (opening && window.matchMedia(NARROW).matches) frames.forEach((other) => other.set(false));
      set(opening);
    });
  });
  const summarise = () => summary.replaceChildren(...summaryOf(app));
  app.onChange(summarise);
  summarise();
}

/**
 * @param {App} app
 * @param {HTMLElement} page
 * @param {HTMLElement} bar
 * @param {Panel} panel
 */
function addPanel(app, page, bar, { name, title, body, open, count }) {
  const id = `im-panel-${name}`;
  const toggle = button(title, () => {}, { 'aria-controls': id, class: `im-open-${name}` });
  const heading = make('h2', { id: `${id}-title` }, title);
  const close = button('×', () => toggle.click(), { class: 'im-close', 'aria-label': `Close ${title}` });
  const section = make(
    'section',
    { id, class: `im-panel im-${name}`, 'aria-labelledby': heading.id },
    make('div', { class: 'im-panel-head' }, heading, close),
    body,
  );
  /** @param {boolean} shown */
  const set = (shown) => {
    section.hidden = !shown;
    toggle.setAttribute('aria-expanded', String(shown));
    if (shown) app.revealed();
  };
  close.addEventListener('click', () => toggle.focus());
  section.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close.click();
  });
  const label = () => {
    if (count) toggle.textContent = `${title} (${count().toLocaleString('en')})`;
  };
  app.onChange(label);
  label();
  set(open && !window.matchMedia(NARROW).matches);
  bar.append(toggle);
  page.append(section);
  return { toggle, set };
}

/**
 * What is shown, in one sentence.
 * @param {App} app
 * @returns {(string | Node)[]}
 */
function summaryOf({ incidents, totals }) {
  const { shown, located } = totals();
  if (!incidents.count) return ['This file holds no incidents.'];
  const all = shown === incidents.count;
  const missing = shown - located;
  return [
    make('strong', {}, all ? countOf(shown, 'incident') : `${shown.toLocaleString('en')} of ${countOf(incidents.count, 'incident')}`),
    missing ? `, ${missing.toLocaleString('en')} without a location` : ', all located',
  ];
}

/**
 * What there is to say about the file: what the caller gave, how to read the marks, sources.
 * @param {App} app
 * @returns {HTMLElement}
 */
export function makeAbout({ incidents }) {
  const { about, attribution } = incidents.header;
  const terms = about.flatMap((/** @type {[string, string]} */ [term, text]) => [
    make('dt', {}, outside(term)),
    make('dd', {}, outside(text)),
  ]);
  return make(
    'div',
    { class: 'im-text' },
    terms.length ? make('dl', {}, ...terms) : '',
    make('h3', {}, 'How to read the map'),
    make('p', {}, 'A mark stands for an incident at a known place, and the circle about it for how far off it may be. An incident at several places has a mark at each, each within about the radius given. A dashed outline is an area: all that is known is that the incident lies within it. A dotted line with an arrow is a direction of advance. A number in a ring stands for several incidents; its arcs show their types, and dashes about it the share that is known to an area only. Where areas are many, they are counted in such rings; zoom in to see their outlines.'),
    make('p', {}, 'Counts of the dead and injured are what the named source says. Sources that disagree are shown side by side.'),
    make('h3', {}, 'Sources of the base map'),
    make('p', {}, attribution || 'The tile server named below the map.'),
    make('p', {}, 'This page holds all of its data and asks the network for nothing, unless a tile server was chosen when it was made. Links to sources open in a new tab.'),
  );
}
