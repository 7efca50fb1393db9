// What the map shows, in words, for a picture, a sheet of paper, a file's name.

import { countSources } from './about.js';
import { dayText, spanText } from './dates.js';
import { countOf, numberText } from './dom.js';
import { shownDays } from './export.js';
import { searchedText } from './searched.js';
import { precisionText } from './words.js';

/** @typedef {import('./app.js').App} App */

/** More entries than this are not listed in a line of text. */
const MOST_NAMED = 6;
/**
 * Of what the maker wrote about the data so many letters of each entry stand below a picture: room
 * for the licences of many sources, not for a whole chapter on method.
 */
const MOST_LETTERS = 1000;

/**
 * How many incidents are shown, from when to when, and how many of them are not on the map.
 * @param {App} app
 */
export function countText(app) {
  const { shown, located, undated } = app.totals();
  const { count } = app.incidents;
  const days = shownDays(app);
  return [
    shown === count ? countOf(count, 'incident') : `${numberText(shown)} of ${countOf(count, 'incident')}`,
    days ? spanText(...days) : '',
    undated ? `${numberText(undated)} without a date` : '',
    shown > located ? `${numberText(shown - located)} without a location` : '',
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
 * Whose the data and the map beneath are, a line each: what the maker says of the data, such as
 * their date and licence, the sources that name most of the incidents shown, the base map.
 * @param {App} app
 * @returns {string[]}
 */
export function sourceLines(app) {
  const about = (app.incidents.header.about ?? []).map((/** @type {[string, string]} */ [term, text]) =>
    `${isolate(term)}: ${isolate(shorten(text))}`);
  return [...about, namedSources(app), attributionText(app)].filter(Boolean);
}

/** @param {App} app */
function namedSources({ incidents, failures }) {
  const { tables, columns } = incidents;
  const counts = new Uint32Array(tables.source.length);
  for (let row = 0; row < failures.length; row++) if (!failures[row]) counts[columns.source[row]]++;
  const found = [...countSources(tables.source, counts)].filter(([name]) => name).sort(([, a], [, b]) => b - a);
  const names = found.slice(0, MOST_NAMED).map(([name]) => isolate(shorten(name)));
  const more = found.length - names.length;
  if (!names.length) return '';
  return `Sources of the incidents: ${names.join('; ')}${more ? `; and ${countOf(more, 'further source')}` : ''}`;
}

/** @param {string} text */
function shorten(text) {
  if (text.length <= MOST_LETTERS) return text;
  return `${text.slice(0, MOST_LETTERS).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * Text from outside within a line, so that its direction turns nothing about it.
 * @param {string} text
 */
function isolate(text) {
  return `\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`;
}

/**
 * Who the map beneath comes from, as plain text.
 * @param {App} app
 */
function attributionText({ map, incidents }) {
  const said = map.getContainer().querySelector('.leaflet-control-attribution')?.textContent?.trim();
  return said || incidents.header.attribution || '';
}
