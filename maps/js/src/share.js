// The panel to take the view out of the page: a link, files of the rows, a picture, a print.

import { button, countOf, make } from './dom.js';
import { download, fileName, shownDays, writeRows } from './export.js';
import { csvWriter } from './export_csv.js';
import { geojsonWriter } from './export_geojson.js';
import { linkOf } from './hash.js';
import { hasTiles, makePicture } from './picture.js';
import { searchEnded, searchedNote } from './searched.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {(text: string) => void} Say */

const WAITING = 'Waiting for the search to end. Stop it beside the search field to take what it has found so far.';
const NO_PICTURE = 'This map shows pictures of a tile server, and browsers let no page copy those. Take a screenshot, or make the map without a tile server.';

/**
 * The panel's body.
 * @param {App} app
 * @param {HTMLElement} page
 * @param {() => Promise<void>} printed prints the page
 * @returns {{ body: HTMLElement, onShow: (shown: boolean) => void }}
 */
export function makeShare(app, page, printed) {
  const said = make('p', { class: 'im-said', role: 'status' });
  /** @type {Say} */
  const say = (text) => (said.textContent = text);
  const link = makeLink(app, say);
  const files = makeFiles(app, say);
  const body = make(
    'div',
    { class: 'im-text im-shares' },
    make('h3', {}, 'Link to this view'),
    ...link.parts,
    make('h3', {}, 'Incidents shown, as a file'),
    ...files.parts,
    make('h3', {}, 'Map'),
    make(
      'div',
      { class: 'im-actions' },
      button('Picture (PNG)', () => void savePicture(app, page, say)),
      button('Print or PDF', () => void print(app, say, printed)),
    ),
    said,
  );
  const update = () => {
    link.update();
    files.update();
  };
  let isShown = false;
  app.kept.onTouched(() => isShown && update());
  const onShow = (/** @type {boolean} */ shown) => {
    isShown = shown;
    say('');
    if (shown) update();
  };
  return { body, onShow };
}

/**
 * @param {App} app
 * @param {Say} say
 */
function makeLink(app, say) {
  const field = make('input', { type: 'text', readonly: true, 'aria-label': 'Address of this view', dir: 'ltr' });
  const copy = button('Copy link', () => void copyText(field, say));
  field.addEventListener('focus', () => field.select());
  const update = () => (field.value = linkOf(app));
  return { parts: [make('div', { class: 'im-link' }, field, copy), make('p', { class: 'im-quiet' }, linkNote())], update };
}

/** For whom a link to this page works. */
function linkNote() {
  if (location.protocol === 'file:') {
    return 'The link works for whoever has this file at the same place. Others can add the part from # on to the address of their own copy.';
  }
  if (location.protocol === 'about:') {
    return 'This map lies within another page and has no address of its own. Add the part from # on to the address of the saved file.';
  }
  return 'The link leads to this page, with the map and the filters as they are now.';
}

/**
 * @param {HTMLInputElement} field
 * @param {Say} say
 */
async function copyText(field, say) {
  try {
    await navigator.clipboard.writeText(field.value);
    say('The link is copied.');
  } catch {
    field.focus();
    field.select();
    say('This browser lets no page copy: the link is selected, press Ctrl+C (on a Mac ⌘C).');
  }
}

/**
 * @param {App} app
 * @param {Say} say
 */
function makeFiles(app, say) {
  const count = make('p', {});
  const bar = make('progress', { max: 1, 'aria-label': 'Writing the file', value: 0 });
  let stop = new AbortController();
  const cancel = button('Cancel', () => stop.abort());
  const working = make('div', { class: 'im-actions', hidden: true }, bar, cancel);
  /** @param {import('./export.js').Writer} writer */
  const write = async (writer) => {
    stop = new AbortController();
    bar.value = 0;
    files.forEach((file) => (file.disabled = true));
    working.hidden = false;
    await waitForSearch(app, say, stop.signal);
    const name = nameOf(app, writer.suffix);
    const progress = (/** @type {number} */ share) => (bar.value = share);
    try {
      const blob = await writeRows(app, writer, { signal: stop.signal, progress });
      if (blob) download(blob, name);
      say(blob ? `Written: ${name}` : 'Stopped; no file was written.');
    } catch {
      say('The texts in this file are damaged, so no file was written. Ask for the page again.');
    }
    working.hidden = true;
    files.forEach((file) => (file.disabled = false));
  };
  const files = [
    button('GeoJSON', () => void write(geojsonWriter(app.incidents))),
    button('CSV', () => void write(csvWriter(app.incidents))),
  ];
  const update = () => {
    const { shown } = app.totals();
    count.textContent = `${countOf(shown, 'incident')} with all columns, those without a location too. Areas are as exact as they are drawn; a note in the row says how exact.`;
  };
  return { parts: [count, make('div', { class: 'im-actions' }, ...files), working], update };
}

/**
 * @param {App} app
 * @param {HTMLElement} page
 * @param {Say} say
 */
async function savePicture(app, page, say) {
  if (hasTiles(app.map)) return say(NO_PICTURE);
  await waitForSearch(app, say);
  try {
    const name = nameOf(app, '.png');
    download(await makePicture(app, page), name);
    say(`Written: ${name}`);
  } catch {
    say('This browser could not make the picture. Take a screenshot instead.');
  }
}

/**
 * @param {App} app
 * @param {Say} say
 * @param {() => Promise<void>} printed
 */
async function print(app, say, printed) {
  await waitForSearch(app, say);
  await printed();
}

/**
 * Waits while a search is finding what is shown, and says so.
 * @param {App} app
 * @param {Say} say
 * @param {AbortSignal} [signal]
 */
async function waitForSearch(app, say, signal) {
  say(app.searched.ended ? WAITING : '');
  await searchEnded(app, signal);
  say('');
}

/**
 * The name of a file of what is shown; one that a search has not found whole says so.
 * @param {App} app
 * @param {string} suffix
 */
function nameOf(app, suffix) {
  return fileName(app.incidents.header.title, shownDays(app), suffix, searchedNote(app.searched));
}
