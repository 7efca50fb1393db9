// The panel that says what the colours and sizes of a view stand for.

import { button, make, outside } from './dom.js';

/** @typedef {import('./app.js').App} App */

/**
 * What the panel says.
 * @typedef {object} Legend
 * @property {string} title
 * @property {HTMLElement} [controls] kept as they are from one legend to the next
 * @property {Item[]} items
 * @property {string[]} notes
 * @property {{ title: string, entries: Entry[] }} [list] the same numbers as a list of buttons
 */

/**
 * @typedef {object} Item
 * @property {HTMLElement} swatch
 * @property {string} text
 * @property {string} [count]
 */

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {string} value
 * @property {() => void} open
 */

const NARROW = '(max-width: 640px)';
/** Pixels between panels. */
const GAP = 12;

/**
 * Adds the panel, hidden.
 * @param {HTMLElement} page
 * @returns {(legend: Legend | undefined) => void} shows a legend, or hides the panel
 */
export function addScaleLegend(page) {
  const title = make('summary', { class: 'im-scale-title' });
  const controls = make('div', { class: 'im-scale-controls' });
  const items = make('ul', { class: 'im-scale-items' });
  const notes = make('div', { class: 'im-scale-notes' });
  // On a phone the map needs the room: what is counted is one tap away.
  const open = !window.matchMedia(NARROW).matches;
  const more = make('details', { open, class: 'im-scale-more' }, make('summary', {}, 'What is counted'), notes);
  const list = make('ol', { class: 'im-scale-list' });
  const listTitle = make('summary');
  const listFrame = make('details', { class: 'im-scale-all' }, listTitle, list);
  const body = make('div', { class: 'im-scale-body' }, controls, items, more, listFrame);
  const frame = make('details', { open: true }, title, body);
  const panel = make('section', { class: 'im-scale', 'aria-label': 'Legend', hidden: true }, frame);
  page.append(panel);
  keepClear(page, panel);
  let said = '';
  return (legend) => {
    panel.hidden = !legend;
    if (!legend) return;
    if (legend.controls?.parentElement !== controls) controls.replaceChildren(legend.controls ?? '');
    const key = keyOf(legend);
    if (key === said) return;
    said = key;
    title.textContent = legend.title;
    items.replaceChildren(...legend.items.map(makeItem));
    notes.replaceChildren(...legend.notes.map((note) => make('p', {}, note)));
    listFrame.hidden = !legend.list?.entries.length;
    listTitle.textContent = legend.list?.title ?? '';
    list.replaceChildren(...(legend.list?.entries ?? []).map(makeEntry));
  };
}

/**
 * What a legend says, so that one that says the same again is left alone, and the focus in it.
 * @param {Legend} legend
 */
function keyOf({ title, items, notes, list }) {
  const swatches = items.map(({ swatch, text, count }) => [swatch.dataset.key ?? '', text, count]);
  return JSON.stringify([title, swatches, notes, list?.entries.map(({ name, value }) => [name, value])]);
}

/** @param {Item} item */
function makeItem({ swatch, text, count }) {
  return make('li', {}, swatch, make('span', {}, text), count ? make('span', { class: 'im-count' }, count) : '');
}

/** @param {Entry} entry */
function makeEntry({ name, value, open }) {
  const press = button('', open, {});
  press.append(outside(name), ' ', make('span', { class: 'im-count' }, value));
  return make('li', {}, press);
}

/**
 * A square of a colour.
 * @param {string} colour '' for one that is hatched
 * @returns {HTMLElement}
 */
export function makeSwatch(colour) {
  const swatch = make('span', { class: colour ? 'im-swatch' : 'im-swatch im-hatched', 'aria-hidden': 'true' });
  swatch.style.backgroundColor = colour;
  swatch.dataset.key = colour;
  return swatch;
}

/**
 * Keeps the panel above the timeline and beside whatever else is open there.
 * @param {HTMLElement} page
 * @param {HTMLElement} panel
 */
function keepClear(page, panel) {
  const place = () => {
    const narrow = window.matchMedia(NARROW).matches;
    panel.style.bottom = panel.style.left = panel.style.maxHeight = '';
    if (narrow || panel.hidden) return;
    const all = page.getBoundingClientRect();
    const others = [...page.querySelectorAll('.im-panel:not([hidden])')].map((other) => other.getBoundingClientRect());
    const low = others.filter((box) => box.left < all.left + 60 && box.top > all.top + all.height / 2);
    const floor = Math.min(all.bottom - 40, ...low.map((box) => box.top));
    const side = others.filter((box) => box.left < all.left + 60 && !low.includes(box) && box.bottom > floor - panel.offsetHeight - GAP);
    const left = Math.max(all.left, ...side.map((box) => box.right));
    const head = page.querySelector('.im-head')?.getBoundingClientRect();
    const ceiling = side.length || !head ? all.top : head.bottom;
    panel.style.bottom = `${all.bottom - floor + GAP}px`;
    panel.style.left = `${left - all.left + GAP}px`;
    panel.style.maxHeight = `${Math.max(120, floor - ceiling - 2 * GAP)}px`;
  };
  const sizes = new ResizeObserver(place);
  sizes.observe(page);
  page.querySelectorAll('.im-panel, .im-head').forEach((other) => sizes.observe(other));
  sizes.observe(panel);
  new MutationObserver(place).observe(page, { attributes: true, attributeFilter: ['hidden'], subtree: true });
}
