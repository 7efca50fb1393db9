// The panel that says what the colours and sizes of a view stand for.

import { button, make, outside } from './dom.js';
import { drawRamp, swatchCanvas } from './swatches.js';

/** @typedef {import('./legend.js').Legend} Legend */
/** @typedef {import('./legend.js').Item} Item */
/** @typedef {import('./legend.js').Entry} Entry */

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
  const said = items.map(({ swatch, ramp, text, count }) => [swatch?.key, ramp, text, count]);
  return JSON.stringify([title, said, notes, list?.entries.map(({ name, quoted, value }) => [name, quoted, value])]);
}

/**
 * An item of a legend as an entry of a list.
 * @param {Item} item
 */
export function makeItem({ swatch, ramp, text, count }) {
  return make(
    'li',
    {},
    swatch && swatchCanvas(swatch),
    ramp ? makeRamp(ramp) : outside(text, 'im-label'),
    count && make('span', { class: 'im-count' }, count),
  );
}

/** @param {import('./legend.js').Ramp} ramp */
function makeRamp({ colours, ends, marks }) {
  const bar = make('canvas', { class: 'im-ramp', width: 256, height: 1, 'aria-hidden': 'true' });
  const context = bar.getContext('2d');
  if (context) drawRamp(context, colours, { x: 0, y: 0, width: 256, height: 1 });
  const [above, below] = [ends, marks].map((texts) =>
    make('div', { class: 'im-ramp-marks' }, ...texts.map((text) => make('span', {}, text))));
  return make('div', { class: 'im-ramp-frame' }, above, bar, below);
}

/** @param {Entry} entry */
function makeEntry({ name, quoted, value, open }) {
  const press = button('', open, {});
  press.append(make('span', {}, quoted && '“', outside(name), quoted && '”'), ' ', make('span', { class: 'im-count' }, value));
  return make('li', {}, press);
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
