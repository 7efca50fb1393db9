// What a popup shows: a list of the incidents at a place, or one of them as a card with a pager.

import { actorsOf } from './actors.js';
import { dateOf, makeCard } from './card.js';
import { deathsOf, deathsSumText, deathsText } from './deaths.js';
import { button, countOf, make, outside } from './dom.js';
import { textOf } from './incidents.js';
import { placeNodes, seenPlace } from './seen_place.js';
import { symbolCanvas } from './symbols.js';
import { shortSpanText } from './words.js';

/** @typedef {import('./app.js').App} App */

/** A list of more than this is opened at its first incident and paged, without the list of all. */
const MOST_LISTED = 300;

/**
 * @param {App} app
 * @param {HTMLElement} content
 * @param {number[]} given rows in order of date
 * @param {{ isCurrent: () => boolean, settle: () => void, told: (row: number | undefined) => void }}
 *   popup whether these pages are what it shows; `settle` is called when the size may have changed,
 *   `told` with the row that is shown
 */
export function makePages(app, content, given, { isCurrent, settle, told }) {
  const { incidents } = app;
  let rows = given;
  let index = -1;
  const heard = make('span', { class: 'im-hidden', role: 'status' });

  const showList = () => {
    index = -1;
    told(undefined);
    const { list, more } = makeRows(incidents, rows, (at) => void showRow(at));
    const isNewest = rows !== given;
    const turn = button(isNewest ? 'Newest first' : 'Oldest first', () => {
      rows = isNewest ? given : [...given].reverse();
      showList();
      content.querySelector('button')?.focus();
    }, { class: 'im-turn', 'aria-label': `Sorted by date, ${isNewest ? 'newest' : 'oldest'} first: sort the other way` });
    content.replaceChildren(
      make('h2', {}, countOf(rows.length, 'incident'), ' here'),
      makeSummary(incidents, rows),
      turn,
      list,
      more > 0 ? make('p', { class: 'im-quiet' }, `and ${more.toLocaleString('en')} more: open one and page on`) : '',
    );
    settle();
  };
  /** @param {number} next */
  const showRow = async (next) => {
    index = (next + rows.length) % rows.length;
    const row = rows[index];
    const detail = await app.details.read(row).catch(() => undefined);
    if (row !== rows[index] || !isCurrent()) return;
    const damaged = make('p', { role: 'alert' }, 'The text of this incident is damaged in this file and cannot be shown.');
    const hadFocus = focusedIn(content);
    const card = makeCard(incidents, row, detail ?? {});
    content.replaceChildren(heard, rows.length > 1 ? makePager() : '', card, detail ? '' : damaged);
    if (hadFocus !== undefined) refocus(content, hadFocus);
    if (rows.length > 1) heard.textContent = `${index + 1} of ${rows.length}: ${textOf(incidents, 'type', row)}, ${dateOf(incidents, row)}`;
    told(row);
    settle();
  };
  const makePager = () =>
    make(
      'div',
      { class: 'im-pager' },
      button('‹', () => void showRow(index - 1), { class: 'im-previous', 'aria-label': 'Previous incident' }),
      make('span', {}, `${index + 1} of ${rows.length.toLocaleString('en')}`),
      button('›', () => void showRow(index + 1), { class: 'im-next', 'aria-label': 'Next incident' }),
      button('List', showListAndFocus, { class: 'im-to-list' }),
    );
  const showListAndFocus = () => {
    const opened = index;
    showList();
    const button = content.querySelectorAll('.im-row')[opened] ?? content;
    if (button instanceof HTMLElement) button.focus();
  };
  return {
    start: () => (rows.length === 1 ? void showRow(0) : showList()),
    /** @param {KeyboardEvent} event */
    keydown(event) {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || index < 0 || rows.length < 2) return;
      event.preventDefault();
      void showRow(index + step);
    },
  };
}

/**
 * The class of the button in an element that has the focus, '' for anything else in it.
 * @param {HTMLElement} content
 */
function focusedIn(content) {
  const { activeElement } = document;
  return content.contains(activeElement) ? (activeElement?.className ?? '') : undefined;
}

/**
 * Puts the focus on the button that has taken the place of the one that had it.
 * @param {HTMLElement} content
 * @param {string} name
 */
function refocus(content, name) {
  const again = ['im-previous', 'im-next'].includes(name) ? content.querySelector(`.${name}`) : content;
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/**
 * How many incidents of each type, and how many deaths are reported.
 * @param {import('./incidents.js').Incidents} incidents
 * @param {number[]} rows
 */
function makeSummary(incidents, rows) {
  const { columns, header } = incidents;
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const row of rows) counts.set(columns.type[row], (counts.get(columns.type[row]) ?? 0) + 1);
  const types = [...counts].sort((a, b) => b[1] - a[1]).map(([type, count]) => {
    const entry = header.facets[0].entries[type];
    return make('li', {}, symbolCanvas(entry), outside(entry.label), ` ${count.toLocaleString('en')}`);
  });
  return make('div', { class: 'im-here' }, make('ul', {}, ...types), make('p', {}, deathsSumText(incidents, rows)));
}

/**
 * @param {import('./incidents.js').Incidents} incidents
 * @param {number[]} rows
 * @param {(index: number) => void} open
 */
function makeRows(incidents, rows, open) {
  const { start, end, dated, columns, header } = incidents;
  const items = rows.slice(0, MOST_LISTED).map((row, index) => {
    const item = button('', () => open(index), { class: 'im-row' });
    const dead = deathsText(deathsOf(incidents, row));
    item.append(
      make('span', { class: 'im-row-date' }, row < dated ? shortSpanText(start[row], end[row]) : 'No date'),
      symbolCanvas(header.facets[0].entries[columns.type[row]]),
      outside(textOf(incidents, 'type', row)),
      make('small', {}, ...joinParts([
        placeNodes(seenPlace(incidents, row)),
        actorsOf(incidents, row),
        dead ? [dead] : [],
      ])),
    );
    return make('li', {}, item);
  });
  return { list: make('ul', { class: 'im-rows' }, ...items), more: rows.length - items.length };
}

/**
 * What is known, with a dot between.
 * @param {(Node | string)[][]} parts those that are empty are left out
 */
function joinParts(parts) {
  return parts.filter((part) => part.length).flatMap((part, at) => (at ? [' · ', ...part] : part));
}
