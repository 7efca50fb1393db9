// A link to one incident: its id in the page's address.

import { walkBlocks } from './blocks.js';
import { make } from './dom.js';

/** @typedef {import('./app.js').App} App */

/** So long the page says that there is no such incident. */
const NOTE_MS = 8000;

/**
 * Keeps the id of the incident that is open, and opens the one whose id is given.
 * @param {App} app
 */
export function followLink(app) {
  const { map, details, incidents } = app;
  const note = make('p', { class: 'im-notice', role: 'status', hidden: true });
  map.getContainer().parentElement?.append(note);
  let opened = '';
  let turn = 0;
  map.on('im-opened', async (event) => {
    const { row } = /** @type {{ row?: number }} */ (/** @type {unknown} */ (event));
    const mine = ++turn;
    note.hidden = true;
    const detail = row === undefined ? {} : await details.read(row).catch(() => ({}));
    if (mine !== turn) return;
    opened = ('id' in detail && detail.id) || '';
    app.kept.touched();
  });
  /** @param {string} text */
  const say = (text) => {
    note.textContent = text;
    note.hidden = false;
  };
  /** @param {string} id */
  const find = async (id) => {
    const mine = ++turn;
    opened = id;
    let found = -1;
    const isWhole = await walkBlocks(details, incidents.count, {
      isStale: () => mine !== turn,
      visit(from, block = []) {
        const at = block.findIndex((detail) => detail.id === id);
        found = at < 0 ? -1 : from + at;
        if (performance.now() - begun > 1000) say(`Looking for the incident: ${Math.round((100 * from) / incidents.count)} %`);
        return at >= 0;
      },
    });
    if (!isWhole) return;
    note.hidden = true;
    if (found < 0) {
      opened = '';
      app.kept.touched();
      say(`This file holds no incident “${id}”.`);
      setTimeout(() => mine === turn && (note.hidden = true), NOTE_MS);
    } else if (incidents.columns.place[found]) app.goTo([found]);
    else app.open([found], map.getCenter());
  };
  let begun = 0;
  app.kept.add({
    key: 'id',
    get: () => opened,
    set(id) {
      if (id === opened) return;
      if (!id) return void map.closePopup();
      begun = performance.now();
      void find(id);
    },
  });
}
