// What the map shows, in words and as a legend, for a picture, a sheet of paper, a file's name.

import { dayText, spanText } from './dates.js';
import { countOf } from './dom.js';
import { shownDays } from './export.js';
import { searchedText } from './searched.js';
import { precisionText } from './words.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').FacetEntry} FacetEntry */

/** More entries than this are not listed in a line of text. */
const MOST_NAMED = 6;

/**
 * How many incidents are shown, from when to when, and how many of them are not on the map.
 * @param {App} app
 */
export function countText(app) {
  const { shown, located, undated } = app.totals();
  const { count } = app.incidents;
  const days = shownDays(app);
  return [
    shown === count ? countOf(count, 'incident') : `${shown.toLocaleString('en')} of ${countOf(count, 'incident')}`,
    days ? spanText(...days) : '',
    undated ? `${undated.toLocaleString('en')} without a date` : '',
    shown > located ? `${(shown - located).toLocaleString('en')} without a location` : '',
  ].filter(Boolean).join(' · ');
}

/**
 * What is filtered, a line each; none where everything is shown.
 * @param {App} app
 * @returns {string[]}
 */
export function filterLines({ incidents, filters, searched }) {
  const { facets, time } = filters;
  const lines = facets.map(({ passes }, index) => facetLine(incidents.header.facets[index], passes));
  const first = Number.isFinite(time.first) ? `from ${dayText(time.first)}` : '';
  const last = Number.isFinite(time.last) ? `to ${dayText(time.last)}` : '';
  const undated = time.undated || incidents.count === incidents.dated ? '' : 'without the undated';
  const times = [first, last, undated].filter(Boolean).join(' ');
  return [times && `Time: ${times}`, ...lines, searchedText(searched)].filter(Boolean);
}

/**
 * @param {import('./incidents.js').FacetSpec} spec
 * @param {Uint8Array} passes
 */
function facetLine({ column, title, entries }, passes) {
  const names = entries.map(({ label }) => (column === 'precision' ? precisionText(label) : label));
  const on = names.filter((_, code) => passes[code]);
  const off = names.filter((_, code) => !passes[code]);
  if (!off.length) return '';
  if (!on.length) return `${title}: none`;
  const text = on.length <= MOST_NAMED
    ? on.join(', ')
    : off.length <= MOST_NAMED ? `all but ${off.join(', ')}` : `${on.length} of ${names.length}`;
  return `${title}: ${text}`;
}

/**
 * The entries of the first facet that are shown, with their incidents: what the marks' looks mean.
 * @param {App} app
 * @returns {{ entry: FacetEntry, count: number }[]}
 */
export function legendOf({ incidents, filters, failures }) {
  const { entries, sets } = incidents.header.facets[0];
  const { codes, passes } = filters.facets[0];
  const counts = new Uint32Array(entries.length);
  for (let row = 0; row < failures.length; row++) {
    if (failures[row]) continue;
    if (!sets) counts[codes[row]]++;
    else for (const code of sets[codes[row]]) counts[code]++;
  }
  return entries
    .map((/** @type {FacetEntry} */ entry, /** @type {number} */ code) => ({ entry, count: passes[code] ? counts[code] : 0 }))
    .filter((/** @type {{ count: number }} */ { count }) => count);
}

/**
 * Who the map beneath comes from, as plain text.
 * @param {App} app
 */
export function attributionText({ map, incidents }) {
  const said = map.getContainer().querySelector('.leaflet-control-attribution')?.textContent?.trim();
  return said || incidents.header.attribution || '';
}
