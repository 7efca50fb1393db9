// The incidents that could not be located, each with the reason: nothing is dropped in silence.

import { dateOf, makeCard } from './card.js';
import { button, countOf, make, outside } from './dom.js';
import { textOf } from './incidents.js';

/** @typedef {import('./app.js').App} App */

const PAGE_ROWS = 40;

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
  const intro = make('p', { class: 'im-quiet' });
  const list = make('ol', { class: 'im-unlocated-list' });
  const more = button('Show more', () => void grow());
  /** @type {number[]} */
  let rows = [];
  let shown = 0;
  let turn = 0;

  async function grow() {
    const mine = turn;
    const next = rows.slice(shown, shown + PAGE_ROWS);
    shown += next.length;
    more.hidden = shown >= rows.length;
    for (const row of next) {
      const item = await makeItem(app, row);
      if (mine !== turn) return;
      list.append(item);
    }
  }
  const update = () => {
    turn++;
    rows = unlocatedRows(app);
    shown = 0;
    list.replaceChildren();
    intro.textContent = rows.length
      ? `${countOf(rows.length, 'incident')} could not be placed on the map:`
      : 'Every incident shown has a location.';
    void grow();
  };
  app.onChange(update, list);
  update();
  return make('div', { class: 'im-text' }, intro, list, more);
}

/**
 * @param {App} app
 * @param {number} row
 */
async function makeItem(app, row) {
  const { incidents } = app;
  const detail = await app.details.read(row).catch(() => ({ reasons: ['its text is damaged in this file'] }));
  const reason = (detail.reasons?.[0] ?? '').replace(/^unresolved:\s*/, '');
  const written = 'place_text' in detail ? detail.place_text : '';
  const evidence = 'evidence' in detail ? detail.evidence : '';
  const item = make('li');
  const open = () => {
    item.replaceChildren(makeCard(incidents, row, detail));
    item.tabIndex = -1;
    item.focus();
  };
  item.append(
    make('p', {}, make('strong', {}, dateOf(incidents, row)), ' · ', outside(textOf(incidents, 'type', row))),
    written ? make('p', {}, '“', outside(written), '”') : '',
    make('p', { class: 'im-reason' }, outside(reason || 'no reason given')),
    evidence ? make('blockquote', { dir: 'auto' }, evidence) : '',
    button('All of it', open, { 'aria-label': `All of the incident of ${dateOf(incidents, row)}` }),
  );
  return item;
}
