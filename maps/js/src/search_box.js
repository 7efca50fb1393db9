// The search field: a combobox whose list flies to what is chosen.

import { countOf, make, outside } from './dom.js';
import { findNames, findText } from './search.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./search.js').Found} Found */

const MOST_NAMES = 6;
const MOST_TEXTS = 6;
/** Waiting for the next key before long texts are inflated. */
const PAUSE_MS = 180;

/**
 * @param {App} app
 * @returns {HTMLElement}
 */
export function makeSearchBox(app) {
  const input = make('input', {
    type: 'search', role: 'combobox', placeholder: 'Search places, actors, text',
    'aria-label': 'Search places, actors and text', 'aria-expanded': 'false',
    'aria-controls': 'im-found', 'aria-autocomplete': 'list', autocomplete: 'off', dir: 'auto',
  });
  const list = make('ul', { id: 'im-found', role: 'listbox', 'aria-label': 'Found', hidden: true });
  const box = make('div', { class: 'im-search', role: 'search' }, input, list);
  /** @type {Found[]} */
  let found = [];
  let active = -1;
  let asked = 0;

  /** @param {number} index */
  const choose = (index) => {
    const one = found[index];
    if (!one) return;
    close();
    goTo(app, one);
  };
  const close = () => {
    asked += 1; // texts still being looked through must not open the list again
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  /** @param {number} index */
  const mark = (index) => {
    active = index;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === index)));
    const item = list.children[index];
    if (!item) return;
    input.setAttribute('aria-activedescendant', item.id);
    item.scrollIntoView({ block: 'nearest' });
  };
  /** @param {Found[]} next */
  const show = (next) => {
    found = next;
    active = -1;
    const items = found.map((one, index) => makeOption(one, index, () => choose(index)));
    const none = make('li', { class: 'im-nothing', role: 'option', 'aria-disabled': 'true' }, 'Nothing found');
    list.replaceChildren(...(items.length ? items : [none]));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  };
  const ask = async () => {
    const turn = ++asked;
    const query = input.value;
    if (!query.trim()) return close();
    const names = findNames(app.incidents, query, MOST_NAMES);
    if (names.length) show(names);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (turn !== asked) return;
    const texts = await findText(app.details, app.incidents.count, query, MOST_TEXTS, () => turn !== asked);
    if (turn === asked) show([...names, ...texts]);
  };

  input.addEventListener('input', () => void ask().catch(() => show([])));
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      mark((active + step + found.length) % found.length);
    } else if (event.key === 'Enter') choose(Math.max(active, 0));
    else if (event.key === 'Escape') close();
  });
  box.addEventListener('focusout', (event) => {
    if (!box.contains(/** @type {Node | null} */ (event.relatedTarget))) close();
  });
  return box;
}

/**
 * @param {Found} found
 * @param {number} index
 * @param {() => void} choose
 */
function makeOption({ kind, text, rows }, index, choose) {
  const count = kind === 'Text' ? '' : ` · ${countOf(rows.length, 'incident')}`;
  const item = make(
    'li',
    { role: 'option', id: `im-found-${index}`, 'aria-selected': 'false' },
    outside(text),
    make('small', {}, kind + count),
  );
  item.addEventListener('mousedown', (event) => event.preventDefault());
  item.addEventListener('click', choose);
  return item;
}

/**
 * Flies to what was found; what has no location is opened in the middle of the map.
 * @param {App} app
 * @param {Found} found
 */
function goTo(app, { rows }) {
  const located = rows.filter((row) => app.incidents.columns.place[row]);
  if (located.length) app.goTo(located);
  else app.open(rows, app.map.getCenter());
}
