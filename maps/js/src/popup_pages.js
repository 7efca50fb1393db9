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
/** @typedef {ReturnType<typeof makePages>} Pages */

/** A list of more than this is opened at its first incident and paged, without the list of all. */
const MOST_LISTED = 300;
/** Said of a card that stays open while the filters take its incident off the map. */
const HIDDEN = 'The filters hide this incident: it is not on the map now.';

/**
 * @param {App} app
 * @param {HTMLElement} content
 * @param {number[]} given rows in order of date
 * @param {{ isCurrent: () => boolean, settle: (still?: boolean) => void, told: (row: number | undefined) => void }}
 *   popup whether these pages are what it shows; `settle` is called when the size may have changed,
 *   with true where the map is to stay where it is, `told` with the row that is shown
 */
export function makePages(app, content, given, { isCurrent, settle, told }) {
  const { incidents, failures } = app;
  let isNewest = false;
  let rows = passing(given, failures);
  let index = -1;
  const heard = make('span', { class: 'im-hidden', role: 'status' });
  const filtered = make('p', { class: 'im-filtered', role: 'status' });

  const list = () => {
    const { list, more } = makeRows(incidents, rows, (at) => void showRow(at));
    const turn = button(isNewest ? 'Newest first' : 'Oldest first', () => {
      isNewest = !isNewest;
      rows.reverse();
      showList();
      content.querySelector('button')?.focus();
    }, { class: 'im-turn', 'aria-label': `Sorted by date, ${isNewest ? 'newest' : 'oldest'} first: sort the other way` });
    filtered.textContent = hiddenText(given.length - rows.length);
    content.replaceChildren(
      make('h2', {}, countOf(rows.length, 'incident'), ' here'),
      filtered,
      ...(rows.length ? [makeSummary(incidents, rows), turn, list] : []),
      more > 0 ? make('p', { class: 'im-quiet' }, `and ${more.toLocaleString('en')} more: open one and page on`) : '',
    );
  };
  const showList = () => {
    index = -1;
    told(undefined);
    rows = rows.filter((row) => !failures[row]);
    list();
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
    content.replaceChildren(heard, given.length > 1 ? makePager() : '', filtered, card, detail ? '' : damaged);
    filtered.textContent = failures[row] ? HIDDEN : '';
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
    const opened = rows[index];
    showList();
    const button = content.querySelectorAll('.im-row')[rows.indexOf(opened)] ?? content;
    if (button instanceof HTMLElement) button.focus();
  };
  /** Takes out what no longer passes the filters, puts in what does again; a card that is open stays. */
  const follow = () => {
    const row = rows[index];
    const next = given.filter((own) => own === row || !failures[own]);
    if (isNewest) next.reverse();
    const isSame = next.length === rows.length && next.every((own, at) => own === rows[at]);
    if (isSame && row === undefined) return;
    rows = next;
    index = row === undefined ? -1 : rows.indexOf(row);
    const hadFocus = focusedIn(content);
    if (row === undefined) list();
    else {
      filtered.textContent = failures[row] ? HIDDEN : '';
      content.querySelector('.im-pager')?.replaceWith(makePager());
    }
    if (hadFocus !== undefined) refocus(content, hadFocus);
    settle(true);
  };
  return {
    start: () => (given.length === 1 ? void showRow(0) : showList()),
    follow,
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
 * Rows that pass the filters; one alone that was asked for is shown even where it does not.
 * @param {number[]} given
 * @param {Uint16Array} failures
 */
function passing(given, failures) {
  return given.length === 1 ? given : given.filter((row) => !failures[row]);
}

/** @param {number} count of incidents here that do not pass the filters */
function hiddenText(count) {
  if (!count) return '';
  return `${countOf(count, 'more incident')} here ${count === 1 ? 'is' : 'are'} hidden by the filters.`;
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
