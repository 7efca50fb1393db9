// The frame of the page: head, buttons, panels. On a phone one panel at a time, as a sheet; on a
// wide window one in each place: the column on the left, the one on the right, the foot.

import { button, countOf, make, numberText } from './dom.js';
import { addSkipLinks } from './skip.js';

/** @typedef {import('./app.js').App} App */

/**
 * A panel of the page.
 * @typedef {object} Panel
 * @property {string} name
 * @property {string} title
 * @property {HTMLElement} body
 * @property {boolean} open whether it is open at first on a wide window
 * @property {'left' | 'right' | 'bottom'} [place] where it stands on a wide window; left
 * @property {() => number} [count] number beside the title on the button
 * @property {(shown: boolean) => void} [onShow] after it was opened or closed
 */

/** @typedef {ReturnType<typeof addPanel>} Frame a panel that stands in the page */

const NARROW = '(max-width: 640px)';
/** One panel at a time, and none at first: on a phone held either way two would hide the map. */
const SMALL = `${NARROW}, (max-height: 500px)`;
/** What no link opens or closes: no panel has this name. */
const NONE = 'none';

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
  const bar = make('div', { class: 'im-bar', role: 'group', 'aria-label': 'Panels' });
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
  frames.forEach((frame) => frame.toggle.addEventListener('click', (event) => {
    const opening = frame.toggle.getAttribute('aria-expanded') !== 'true';
    if (opening) open(frame, frames);
    else frame.set(false);
    // On a phone the card of an incident is a sheet too, and would hide the panel.
    if (opening && window.matchMedia(NARROW).matches) app.map.closePopup();
    app.kept.touched();
    // A click without a pointer is a key: who presses it wants to be where it leads.
    if (opening && !event.detail) frame.heading.focus();
  }));
  const summarise = () => summary.replaceChildren(...summaryOf(app));
  app.onChange(summarise);
  summarise();
  openAtFirst(frames);
  app.kept.add(makePanelsPart(frames));
  addSkipLinks(app, page, frames);
  followSizes(page, head, bar, frames);
}

/**
 * @param {App} app
 * @param {HTMLElement} page
 * @param {HTMLElement} bar
 * @param {Panel} panel
 */
function addPanel(app, page, bar, { name, title, body, open: atFirst, place = 'left', count, onShow }) {
  const id = `im-panel-${name}`;
  const number = make('span', { class: 'im-number' });
  const toggle = button(title, () => {}, { 'aria-controls': id, class: `im-open-${name}` });
  const heading = make('h2', { id: `${id}-title`, tabindex: -1 }, title);
  const close = button('×', () => toggle.click(), { class: 'im-close', 'aria-label': `Close ${title}` });
  const section = make(
    'section',
    { id, class: `im-panel im-${place} im-${name}`, 'aria-labelledby': heading.id },
    make('div', { class: 'im-panel-head' }, heading, close),
    body,
  );
  /** @param {boolean} shown */
  const set = (shown) => {
    if (section.hidden === !shown) return;
    section.hidden = !shown;
    toggle.setAttribute('aria-expanded', String(shown));
    onShow?.(shown);
    if (shown) app.revealed();
  };
  close.addEventListener('click', () => toggle.focus());
  section.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close.click();
  });
  if (count) {
    toggle.append(' ', number);
    const label = () => (number.textContent = `(${numberText(count())})`);
    app.onChange(label);
    label();
  }
  section.hidden = true;
  toggle.setAttribute('aria-expanded', 'false');
  bar.append(toggle);
  page.append(section);
  return { name, place, atFirst, toggle, heading, section, set };
}

/**
 * Opens a panel, and closes what stands in its place.
 * @param {Frame} frame
 * @param {Frame[]} frames
 */
function open(frame, frames) {
  const isSmall = window.matchMedia(SMALL).matches;
  for (const other of frames) {
    if (other !== frame && (isSmall || other.place === frame.place)) other.set(false);
  }
  frame.set(true);
}

/** @param {Frame[]} frames */
function openAtFirst(frames) {
  const isSmall = window.matchMedia(SMALL).matches;
  frames.forEach((frame) => frame.set(frame.atFirst && !isSmall));
}

/**
 * Which panels are open, for a link; those that are at first are not written.
 * @param {Frame[]} frames
 * @returns {import('./kept.js').Part}
 */
function makePanelsPart(frames) {
  const shown = () => frames.filter(({ section }) => !section.hidden).map(({ name }) => name).join(',');
  const usual = shown();
  return {
    key: 'panels',
    get: () => (shown() === usual ? '' : shown() || NONE),
    set: (text) => {
      if (!text) return openAtFirst(frames);
      const names = text.split(',');
      const wanted = frames.filter(({ name }) => names.includes(name));
      if (!wanted.length && text !== NONE) return;
      frames.forEach((frame) => frame.set(false));
      wanted.reverse().forEach((frame) => open(frame, frames));
    },
  };
}

/**
 * Keeps the panels off the head and off the foot, however high these are.
 * @param {HTMLElement} page
 * @param {HTMLElement} head
 * @param {HTMLElement} bar
 * @param {Frame[]} frames
 */
function followSizes(page, head, bar, frames) {
  const feet = frames.filter(({ place }) => place === 'bottom').map(({ section }) => section);
  const measure = () => {
    const { top, bottom } = page.getBoundingClientRect();
    const tops = feet.filter((foot) => !foot.hidden).map((foot) => foot.getBoundingClientRect().top);
    // All is measured before any is set: what is set styles the whole page anew.
    const sizes = {
      '--head': head.getBoundingClientRect().bottom - top,
      '--foot': bottom - Math.min(bottom, ...tops),
      '--bar': bar.offsetHeight,
    };
    for (const [name, size] of Object.entries(sizes)) {
      if (page.style.getPropertyValue(name) !== `${size}px`) page.style.setProperty(name, `${size}px`);
    }
  };
  const observer = new ResizeObserver(measure);
  [page, head, bar, ...feet].forEach((element) => observer.observe(element));
  measure();
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
    make('strong', {}, all ? countOf(shown, 'incident') : `${numberText(shown)} of ${countOf(incidents.count, 'incident')}`),
    missing ? `, ${numberText(missing)} without a location` : ', all located',
  ];
}
