// The search as a filter: only what was found is shown, and a chip says so and takes it away.

import { button, countOf, make, outside } from './dom.js';
import { wordsOf } from './fold.js';
import { searchAll } from './search.js';
import { percentOf } from './searched.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./search.js').Progress} Progress */

/** While texts are searched the map shows what was found so far anew after so long. */
const SHOW_MS = 1000;

/**
 * The chip, and what sets the filter.
 * @param {App} app
 * @param {import('./search.js').Names} names
 * @param {() => void} cleared
 */
export function makeSearchFilter(app, names, cleared) {
  const text = make('span', { class: 'im-chip-text' });
  const heard = make('span', { class: 'im-hidden', role: 'status' });
  const stop = button('Stop', () => (isStopped = true), { 'aria-label': 'Stop searching' });
  const clear = button('×', () => {
    set('');
    cleared();
  }, { class: 'im-chip-clear', 'aria-label': 'Clear the search' });
  const chip = make('div', { class: 'im-chip', role: 'group', 'aria-label': 'Search filter', hidden: true }, text, stop, clear);
  let query = '';
  let turn = 0;
  let isStopped = false;
  /** Whether the rows that are shown are this search's. */
  let isShown = false;

  /** @param {Uint8Array | undefined} rows */
  const show = (rows) => {
    isShown = Boolean(rows);
    app.filters.rows = rows;
    app.changed('rows');
  };
  /** @param {string} wanted */
  const set = (wanted) => {
    turn++;
    isShown = false;
    query = wordsOf(wanted).length ? wanted.trim() : '';
    chip.hidden = !query;
    heard.textContent = '';
    Object.assign(app.searched, { query, share: query ? 0 : 1, ended: undefined });
    if (query) app.searched.ended = Promise.resolve(turn).then(run);
    else if (app.filters.rows) show(undefined);
    app.kept.touched();
  };
  /** @param {number} mine */
  const run = async (mine) => {
    if (mine !== turn) return;
    isStopped = stop.hidden = false;
    let shown = performance.now();
    /** @param {Progress} progress */
    const tell = (progress) => {
      say(progress);
      // At first what the names hold, even if it is nothing: the map must never show more than is said.
      if (progress.searched && performance.now() - shown < SHOW_MS) return;
      show(progress.rows);
      shown = performance.now();
    };
    const isStale = () => mine !== turn || isStopped;
    const done = await searchAll(app.incidents, app.details, names, query, { isStale, tell });
    if (mine !== turn) return;
    stop.hidden = true;
    say(done);
    heard.textContent = text.textContent;
    app.searched.ended = undefined;
    show(done.rows);
  };
  /** @param {Progress} progress */
  const say = ({ found, searched, damaged }) => {
    app.searched.share = searched;
    text.replaceChildren(
      'Search: ‘',
      outside(query),
      `’ · ${countOf(found, 'incident')}`,
      searched < 1 ? ` · searched ${percentOf(searched)} %` : '',
      damaged ? ` · the text of ${countOf(damaged, 'incident')} is damaged` : '',
    );
  };
  // Who clears all filters takes the rows away from outside. A search that has yet to begin has none.
  app.onChange(() => {
    if (isShown && !app.filters.rows) set('');
  });
  app.kept.add({ key: 'q', get: () => query, set });
  return { element: make('div', {}, chip, heard), set };
}
