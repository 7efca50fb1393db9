// The incidents that could not be located, each with the reason: nothing is dropped in silence.

import { dateOf, makeCard } from './card.js';
import { button, countOf, make, outside } from './dom.js';
import { textOf } from './incidents.js';
import { whileShown } from './shown.js';
import { percentText, placeText } from './words.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./details.js').Detail} Detail */

const PAGE_ROWS = 40;
/** Of the places a name could mean so many are shown before all of it is opened. */
const MOST_CANDIDATES = 3;

/**
 * Rows without a location that pass the filters.
 * @param {App} app
 * @returns {number[]}
 */
function unlocatedRows({ incidents, failures }) {
  const rows = [];
  const { place } = incidents.columns;
  for (let row = 0; row < incidents.count; row++) if (!place[row] && !failures[row]) rows.push(row);
  return rows;
}

/**
 * The panel's body.
 * @param {App} app
 * @returns {HTMLElement}
 */
export function makeUnlocated(app) {
  const intro = make('p', { class: 'im-quiet', role: 'status' });
  const list = make('ol', { class: 'im-unlocated-list' });
  const pager = makePager((next) => void show(next).then(() => list.scrollIntoView({ block: 'nearest' })));
  const body = make('div', { class: 'im-text' }, intro, pager.element, list);
  /** @type {number[]} */
  let rows = [];
  let turn = 0;

  /** @param {number} page */
  async function show(page) {
    const mine = ++turn;
    const first = page * PAGE_ROWS;
    const seen = rows.slice(first, first + PAGE_ROWS);
    const items = [];
    for (const row of seen) items.push(await makeItem(app, row));
    if (mine !== turn) return;
    list.start = first + 1;
    list.replaceChildren(...items);
    pager.show(page, Math.ceil(rows.length / PAGE_ROWS));
    body.scrollTop = 0;
  }
  const update = () => {
    rows = unlocatedRows(app);
    intro.textContent = rows.length
      ? `${countOf(rows.length, 'incident')} could not be placed on the map:`
      : 'Every incident shown has a location.';
    void show(0);
  };
  app.onChange(whileShown(body, update));
  return body;
}

/**
 * Buttons that turn the pages, and a field for the number of one.
 * @param {(page: number) => void} turn
 */
function makePager(turn) {
  let page = 0;
  let pages = 0;
  /** @param {number} to */
  const go = (to) => turn(Math.max(0, Math.min(pages - 1, to)));
  const field = make('input', { type: 'number', min: 1, inputmode: 'numeric', 'aria-label': 'Page' });
  field.addEventListener('change', () => go(Math.round(Number(field.value) || 1) - 1));
  const of = make('span');
  const back = button('‹', () => go(page - 1), { 'aria-label': 'Previous page' });
  const on = button('›', () => go(page + 1), { 'aria-label': 'Next page' });
  const element = make('div', { class: 'im-leaf', hidden: true }, back, make('label', {}, 'Page ', field), of, on);
  return {
    element,
    /**
     * @param {number} next
     * @param {number} count
     */
    show(next, count) {
      [page, pages] = [next, count];
      element.hidden = pages < 2;
      field.value = String(page + 1);
      field.max = String(pages);
      of.textContent = `of ${pages.toLocaleString('en')}`;
      // Not `disabled`, which would throw the focus off the button that was pressed.
      back.setAttribute('aria-disabled', String(page === 0));
      on.setAttribute('aria-disabled', String(page === pages - 1));
    },
  };
}

/**
 * @param {App} app
 * @param {number} row
 */
async function makeItem(app, row) {
  const { incidents } = app;
  /** @type {Detail} */
  const detail = await app.details.read(row).catch(() => ({ reasons: ['its text is damaged in this file'] }));
  const reason = (detail.reasons?.[0] ?? '').replace(/^unresolved:\s*/, '');
  const { place_text: written, evidence, alternatives = [] } = detail;
  const when = dateOf(incidents, row, detail.date_precision);
  const item = make('li');
  const open = () => {
    item.replaceChildren(makeCard(incidents, row, detail));
    item.tabIndex = -1;
    item.focus();
  };
  item.append(
    make('p', {}, make('strong', {}, when), ' · ', outside(textOf(incidents, 'type', row))),
    written ? make('p', {}, '“', outside(written), '”') : '',
    make('p', { class: 'im-reason' }, outside(reason || 'no reason given')),
    alternatives.length ? make('p', { class: 'im-quiet' }, 'It could be ', ...candidates(alternatives)) : '',
    evidence ? make('blockquote', { dir: 'auto' }, beginning(evidence)) : '',
    button('All of it', open, { 'aria-label': `All of it: ${when}, ${written || 'no place named'}` }),
  );
  return item;
}

/** Letters of the evidence that are shown before all of it is opened. */
const LETTERS_SHOWN = 400;

/** @param {string} text */
function beginning(text) {
  if (text.length <= LETTERS_SHOWN) return text;
  return `${text.slice(0, LETTERS_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * The first of the places that a name could mean, with score and why.
 * @param {import('./details.js').Alternative[]} alternatives
 * @returns {(Node | string)[]}
 */
function candidates(alternatives) {
  const more = alternatives.length - MOST_CANDIDATES;
  const told = alternatives.slice(0, MOST_CANDIDATES).flatMap(({ name, admin1, country, score, why }, i) => {
    const known = [typeof score === 'number' && percentText(score), why].filter(Boolean).join(', ');
    return [i ? '; ' : '', outside(placeText(name, admin1, country)), known && ' (', outside(known), known && ')'];
  });
  return [...told, more > 0 ? `; and ${more} more` : ''].filter(Boolean);
}
