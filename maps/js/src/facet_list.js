// The entries of a group: each with its switch, mark, count and "only"; of many, a few at a time.

import { button, make, numberText, outside } from './dom.js';
import { symbolCanvas } from './symbols.js';
import { countTicks, orderEntries, SHORT_GROUP, tickOnly } from './ticks.js';

/** @typedef {import('./incidents.js').FacetSpec} FacetSpec */
/** @typedef {{ element: HTMLElement, box: HTMLInputElement, only: HTMLButtonElement, count: HTMLElement }} Row */

/** Of a long group so many are listed, and at each "more" so many again: a page is no database. */
const FIRST_ROWS = 8;
const MORE_ROWS = 50;

/**
 * @typedef {object} Entries
 * @property {FacetSpec} spec
 * @property {string[]} labels as they are written
 * @property {Uint8Array} passes
 * @property {() => void} changed to be called when `passes` was changed
 */

/**
 * The list. `show` writes counts beside the entries and, while nobody is at work in the list, puts
 * them in order; `sync` sets the switches.
 * @param {Entries} entries
 */
export function makeEntryList(entries) {
  const { spec, labels, passes } = entries;
  const list = make('div', { class: 'im-entries' });
  const isLong = labels.length > SHORT_GROUP;
  /** @type {Map<number, Row>} */
  let rows = new Map();
  /** @type {Uint32Array} */
  let counts = new Uint32Array(labels.length);
  let most = isLong ? FIRST_ROWS : SHORT_GROUP;
  const find = make('input', { type: 'search', class: 'im-find', placeholder: `Find in ${spec.title}`, 'aria-label': `Find in ${spec.title}` });
  const more = button('', () => {
    const next = list.children[most];
    most += MORE_ROWS;
    arrange();
    (next ?? list.children[most - MORE_ROWS])?.querySelector('input')?.focus();
  }, { class: 'im-more' });
  const nothing = make('p', { class: 'im-quiet', role: 'status' });

  const arrange = () => {
    const order = orderEntries(labels, passes, counts, find.value);
    const old = rows;
    rows = new Map(order.slice(0, most).map((code) => [code, old.get(code) ?? makeRow(entries, code)]));
    list.replaceChildren(...[...rows.values()].map(({ element }) => element));
    more.hidden = order.length <= most;
    more.textContent = `${numberText(order.length - most)} more`;
    nothing.textContent = order.length ? '' : 'Nothing found';
    sync();
    writeCounts(rows, counts);
  };
  const sync = () => {
    const isOne = countTicks(passes) === 1;
    rows.forEach(({ box, only }, code) => {
      box.checked = Boolean(passes[code]);
      only.setAttribute('aria-pressed', String(isOne && box.checked));
    });
  };
  find.addEventListener('input', () => {
    most = FIRST_ROWS;
    arrange();
  });
  find.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !find.value) return;
    // The first Escape empties the field; the next one closes the panel.
    event.stopPropagation();
    find.value = '';
    arrange();
  });
  /** @param {Uint32Array} next */
  const show = (next) => {
    counts = next;
    const isBusy = list.contains(document.activeElement);
    if (!rows.size || (isLong && !isBusy)) arrange();
    else writeCounts(rows, counts);
  };
  const element = make('div', {}, isLong && find, list, nothing, more);
  return { element, show, sync };
}

/**
 * @param {Map<number, Row>} rows
 * @param {Uint32Array} counts
 */
function writeCounts(rows, counts) {
  rows.forEach(({ element, count }, code) => {
    count.textContent = numberText(counts[code]);
    element.classList.toggle('im-none', !counts[code]);
  });
}

/**
 * @param {Entries} entries
 * @param {number} code
 * @returns {Row}
 */
function makeRow({ spec, labels, passes, changed }, code) {
  const entry = spec.entries[code];
  const box = make('input', { type: 'checkbox' });
  box.addEventListener('change', () => {
    passes[code] = box.checked ? 1 : 0;
    changed();
  });
  const count = make('span', { class: 'im-count' });
  const text = make('span', { class: 'im-label' }, outside(labels[code]));
  const only = button('only', () => {
    tickOnly(passes, code);
    changed();
  }, { class: 'im-only', title: 'Show this alone; once more, all' });
  only.append(make('span', { class: 'im-hidden' }, ' ', outside(labels[code])));
  const label = make('label', {}, box, entry.symbol ? symbolCanvas(entry) : '', text, count);
  return { element: make('div', { class: 'im-entry' }, label, labels.length > 1 && only), box, only, count };
}
