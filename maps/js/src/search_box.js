// The search field: a combobox whose list flies to what is chosen, or shows only what was found.

import { dateOf } from './card.js';
import { countOf, make, numberText, outside } from './dom.js';
import { findText, makeNames } from './search.js';
import { makeSearchFilter } from './search_filter.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./search.js').Found} Found */

/** Of each kind of name so many are offered, and so many texts. */
const MOST_NAMES = 4;
const MOST_TEXTS = 6;
/** Waiting for the next key before long texts are inflated. */
const PAUSE_MS = 180;

/** What can be chosen: something found, or to show all that holds the words and nothing else. */
/** @typedef {{ element: HTMLElement, choose: () => void }} Option */

/**
 * @param {App} app
 * @returns {HTMLElement}
 */
export function makeSearchBox(app) {
  const names = makeNames(app.incidents);
  const { input, list, field } = makeField();
  const filter = makeSearchFilter(app, names, () => {
    input.value = '';
    input.focus();
  });
  const options = makeOptions(input, list);
  let asked = 0;
  const close = () => {
    asked += 1; // texts still being looked through must not open the list again
    options.close();
  };
  const showOnly = () => {
    close();
    filter.set(input.value);
  };
  /**
   * @param {Found[]} found
   * @param {boolean} isWhole whether texts were looked through too
   */
  const offer = (found, isWhole) => {
    const made = found.map((one) => {
      return makeOption(outside(one.text), `${one.kind} · ${noteOf(app, one)}`, () => {
        close();
        goTo(app, one);
      });
    });
    const only = makeOption('Show only these incidents', 'Enter', showOnly);
    only.element.classList.add('im-found-all');
    options.show(found.length || !isWhole ? [...made, only] : []);
  };
  const ask = async () => {
    const turn = ++asked;
    const query = input.value;
    if (!query.trim()) return close();
    const found = names.find(query, MOST_NAMES, app.failures);
    if (found.length) offer(found, false);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (turn !== asked) return;
    const texts = await findText(app.details, app.incidents.count, query, MOST_TEXTS, () => turn !== asked);
    if (turn === asked) offer([...found, ...texts], true);
  };

  input.addEventListener('input', () => void ask());
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (options.move(event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
    } else if (event.key === 'Enter' && !options.choose() && input.value.trim()) showOnly();
    else if (event.key === 'Escape') close();
  });
  field.addEventListener('focusout', (event) => {
    if (!field.contains(/** @type {Node | null} */ (event.relatedTarget))) close();
  });
  return make('div', { role: 'search' }, field, filter.element);
}

/**
 * How many incidents something found is of, and how many of them the filters show; a text's date.
 * @param {App} app
 * @param {Found} found
 */
function noteOf({ incidents, failures }, { kind, count, shown, rows }) {
  if (kind !== 'Text') return shown === count ? countOf(count, 'incident') : `${numberText(shown)} shown of ${countOf(count, 'incident')}`;
  const [row] = rows();
  return dateOf(incidents, row) + (failures[row] ? ' · not shown' : '');
}

/** The field and the list beneath it. */
function makeField() {
  const input = make('input', {
    type: 'search', role: 'combobox', placeholder: 'Search places, actors, text',
    'aria-label': 'Search places, actors and text', 'aria-expanded': 'false',
    'aria-controls': 'im-found', 'aria-autocomplete': 'list', autocomplete: 'off', dir: 'auto',
  });
  const list = make('ul', { id: 'im-found', role: 'listbox', 'aria-label': 'Found', hidden: true });
  return { input, list, field: make('div', { class: 'im-search' }, input, list) };
}

/**
 * The options of a combobox, one of which may be marked.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 */
function makeOptions(input, list) {
  /** @type {Option[]} */
  let options = [];
  let active = -1;
  /** @param {number} index */
  const mark = (index) => {
    active = index;
    options.forEach(({ element }, i) => element.setAttribute('aria-selected', String(i === index)));
    const marked = options[index]?.element;
    if (!marked) return input.removeAttribute('aria-activedescendant');
    input.setAttribute('aria-activedescendant', marked.id);
    marked.scrollIntoView({ block: 'nearest' });
  };
  /** @param {boolean} isOpen */
  const toggle = (isOpen) => {
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
  };
  return {
    /** @param {Option[]} next */
    show(next) {
      // What was marked stays so while texts are added below the names.
      const kept = active >= 0 && next[active]?.element.textContent === options[active]?.element.textContent;
      options = next;
      options.forEach(({ element }, index) => (element.id = `im-found-${index}`));
      const none = make('li', { class: 'im-nothing', role: 'option', 'aria-disabled': 'true' }, 'Nothing found');
      list.replaceChildren(...(next.length ? next.map(({ element }) => element) : [none]));
      mark(kept ? active : -1);
      toggle(true);
    },
    close() {
      mark(-1);
      toggle(false);
    },
    /** @param {number} step */
    move(step) {
      if (list.hidden || !options.length) return false;
      mark(active < 0 && step < 0 ? options.length - 1 : (active + step + options.length) % options.length);
      return true;
    },
    /** Chooses what is marked, if anything is. */
    choose() {
      const option = list.hidden ? undefined : options[active];
      option?.choose();
      return Boolean(option);
    },
  };
}

/**
 * @param {Node | string} text
 * @param {string} note
 * @param {() => void} choose
 * @returns {Option}
 */
function makeOption(text, note, choose) {
  const element = make('li', { role: 'option', 'aria-selected': 'false' }, text, make('small', {}, note));
  element.addEventListener('mousedown', (event) => event.preventDefault());
  element.addEventListener('click', choose);
  return { element, choose };
}

/**
 * Flies to what was found and passes the filters, or to all of it where nothing passes; what has no
 * location is opened in the middle of the map.
 * @param {App} app
 * @param {Found} found
 */
function goTo(app, found) {
  const all = found.rows();
  const passing = all.filter((row) => !app.failures[row]);
  const rows = passing.length ? passing : all;
  const located = rows.filter((row) => app.incidents.columns.place[row]);
  if (located.length) app.goTo(located);
  else app.open(rows, app.map.getCenter());
}
