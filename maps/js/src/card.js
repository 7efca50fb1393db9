// What a popup says about one incident.

import { actorsOf } from './actors.js';
import { idPart } from './card_ids.js';
import { tollPart } from './card_tolls.js';
import { button, linkTo, make, outside, safeAddress } from './dom.js';
import { textOf } from './incidents.js';
import { symbolCanvas } from './symbols.js';
import {
  methodText, percentText, placeText, precisionText, radiusText, shareText, somewhereText, whenText,
} from './words.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./details.js').Detail} Detail */

/** Of a longer text so many letters are shown at first: megabytes would hold the page up. */
const LETTERS_SHOWN = 4000;

/**
 * When an incident was, no more exactly than it is known, or that it has no date.
 * @param {Incidents} incidents
 * @param {number} row
 * @param {string} [precision]
 */
export function dateOf({ start, end, dated }, row, precision) {
  return row < dated ? whenText(start[row], end[row], precision) : 'No date';
}

/**
 * The incident's place in one line.
 * @param {Incidents} incidents
 * @param {number} row
 */
export function placeOf(incidents, row) {
  const name = textOf(incidents, 'name', row);
  return placeText(name, textOf(incidents, 'admin1', row), textOf(incidents, 'country', row));
}

/**
 * All that is known of an incident, as an article.
 * @param {Incidents} incidents
 * @param {number} row
 * @param {Detail} detail
 * @returns {HTMLElement}
 */
export function makeCard(incidents, row, detail) {
  const subType = textOf(incidents, 'sub_type', row);
  const entry = incidents.header.facets[0].entries[incidents.columns.type[row]];
  return make(
    'article',
    { class: 'im-card' },
    areaLine(incidents, row, detail),
    make('h2', {}, symbolCanvas(entry), outside(entry.label), subType && make('small', {}, outside(subType))),
    dateLine(incidents, row, detail),
    actorLine(incidents, row),
    tollPart(incidents, row, detail),
    placePart(incidents, row, detail),
    whyPart(incidents, row, detail),
    evidencePart(incidents, row, detail),
    saidPart(detail),
    listPart('Notes', detail.notes),
    extraPart(detail),
    idPart(detail),
  );
}

/**
 * That an incident lies somewhere in an area, where no more is known.
 * @param {Incidents} incidents
 * @param {number} row
 * @param {Detail} detail
 */
function areaLine(incidents, row, { admin2 }) {
  const place = incidents.columns.place[row];
  if (!incidents.places.vague[place]) return null;
  const [name, admin1, country, precision] = ['name', 'admin1', 'country', 'precision'].map((column) =>
    textOf(incidents, column, row),
  );
  const isArea = incidents.places.shape[place] > 0;
  const radiusKm = incidents.columns.radius[row] / 10;
  const [before, known] = somewhereText({ name, admin1, admin2, country, precision }, isArea, radiusKm);
  return make('p', { class: 'im-somewhere' }, before, known && outside(known));
}

/**
 * @param {Incidents} incidents
 * @param {number} row
 * @param {Detail} detail
 */
function dateLine(incidents, row, { date_precision: precision, date_text: written }) {
  const known = row < incidents.dated;
  return make(
    'p',
    { class: 'im-date' },
    make('strong', {}, dateOf(incidents, row, precision)),
    known && precision && precision !== 'day' && ` (known to the ${precision})`,
    written && ' · “',
    written && outside(written),
    written && '”',
  );
}

/**
 * @param {Incidents} incidents
 * @param {number} row
 */
function actorLine(incidents, row) {
  const actors = actorsOf(incidents, row);
  return actors.length ? make('p', { class: 'im-actors' }, ...actors) : null;
}

/**
 * @param {Incidents} incidents
 * @param {number} row
 * @param {Detail} detail
 */
function placePart(incidents, row, detail) {
  const located = incidents.columns.place[row] > 0;
  const written = detail.place_text;
  const precision = precisionText(textOf(incidents, 'precision', row));
  const within = radiusText(incidents.columns.radius[row] / 10);
  const shape = incidents.shapes[incidents.places.shape[incidents.columns.place[row]] - 1];
  // The radius of an incident at several places is about each of them.
  const radius = shape?.kind === 'points' ? `each ${within}` : within;
  return make(
    'div',
    { class: 'im-place' },
    make('p', {}, make('strong', {}, located ? outside(placeOf(incidents, row)) : 'No location')),
    written && make('p', {}, 'As written: “', outside(written), '”'),
    located && make('p', { class: 'im-quiet' }, `${precision}, ${radius}`),
  );
}

/**
 * Why this place, or why none: score, reasons, runners-up.
 * @param {Incidents} incidents
 * @param {number} row
 * @param {Detail} detail
 */
function whyPart(incidents, row, detail) {
  const score = incidents.columns.score[row];
  const located = incidents.columns.place[row] > 0;
  const found = [score && percentText((score - 1) / 100), methodText(detail.method)].filter(Boolean);
  const { reasons = [], alternatives = [] } = detail;
  if (!found.length && !reasons.length && !alternatives.length) return null;
  const title = `${located ? 'Why this place' : 'Why no place'}${found.length ? `: ${found.join(', ')}` : ''}`;
  const more = [
    score && located ? make('p', { class: 'im-quiet' }, shareText((score - 1) / 100, detail.method)) : '',
    reasons.length ? make('ul', {}, ...reasons.map((reason) => make('li', {}, outside(reason)))) : '',
    alternatives.length ? make('p', {}, 'It could also be:') : '',
    alternatives.length ? make('ul', {}, ...alternatives.map(alternativeItem)) : '',
  ].filter(Boolean);
  // Nothing to open where the title says it all, as of coordinates that came with the row.
  if (!more.length) return make('p', { class: 'im-quiet' }, title);
  return make('details', located ? {} : { open: true }, make('summary', {}, title), ...more);
}

/** @param {import('./details.js').Alternative} alternative */
function alternativeItem({ name, admin1, country, score, why }) {
  return make(
    'li',
    {},
    outside(placeText(name, admin1, country)),
    typeof score === 'number' && ` (${percentText(score)})`,
    why && ': ',
    why && outside(why),
  );
}

/**
 * @param {Incidents} incidents
 * @param {number} row
 * @param {Detail} detail
 */
function evidencePart(incidents, row, { evidence, url, report }) {
  const source = textOf(incidents, 'source', row) || report || '';
  const address = safeAddress(url);
  const named = source || url || '';
  const refused = url && !address && url !== named;
  if (!evidence && !named) return null;
  return make(
    'div',
    { class: 'im-evidence' },
    evidence && quote(evidence),
    named && make('p', {}, 'Source: ', url ? linkTo(url, named) : outside(named)),
    refused && make('p', { class: 'im-quiet' }, 'Address given: ', outside(url)),
  );
}

/**
 * What each source said, where that is more than the evidence quoted.
 * @param {Detail} detail
 */
function saidPart({ claims = [], evidence }) {
  const said = claims.filter((claim) => claim.evidence && claim.evidence !== evidence);
  if (!said.length) return null;
  const items = said.map(({ source, evidence: text = '' }) =>
    make('li', {}, source ? outside(source) : 'A source', ': “', outside(shorten(text)), '”'),
  );
  return make('details', {}, make('summary', {}, 'What each source said'), make('ul', {}, ...items));
}

/**
 * The caller's own columns.
 * @param {Detail} detail
 */
function extraPart(detail) {
  const { extra = {} } = /** @type {{ extra?: Record<string, unknown> }} */ (detail);
  const rows = Object.entries(extra).map(([name, value]) => {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return make('tr', {}, make('th', { scope: 'row' }, outside(name)), make('td', {}, outside(shorten(text))));
  });
  if (!rows.length) return null;
  return make('details', {}, make('summary', {}, 'Further columns'), make('table', { class: 'im-extra' }, make('tbody', {}, ...rows)));
}

/**
 * The beginning of a text that is too long to be shown whole; no letter is cut in two, for one
 * beyond U+FFFF takes two of JavaScript's units.
 * @param {string} text
 */
function shorten(text) {
  if (text.length <= LETTERS_SHOWN) return text;
  return `${text.slice(0, LETTERS_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * A text as it was written; of a very long one the beginning, the rest when it is asked for.
 * @param {string} text
 */
function quote(text) {
  if (text.length <= LETTERS_SHOWN) return make('blockquote', { dir: 'auto' }, text);
  const more = button(`Show all ${text.length.toLocaleString('en')} letters`, () => quoted.replaceChildren(text));
  const quoted = make('blockquote', { dir: 'auto' }, `${shorten(text)} `, more);
  return quoted;
}

/**
 * @param {string} title
 * @param {string[] | undefined} items
 */
function listPart(title, items) {
  if (!items?.length) return null;
  const list = make('ul', {}, ...items.map((item) => make('li', {}, outside(item))));
  return make('details', {}, make('summary', {}, title), list);
}
