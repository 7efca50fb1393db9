// Search over places, actors and text. Nothing here touches the DOM.

/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./details.js').Details} Details */

/**
 * @typedef {object} Found
 * @property {'Place' | 'Actor' | 'Text'} kind
 * @property {string} text
 * @property {number[]} rows
 */

/** Marks that accents, vowel signs and the tatweel leave behind; they do not count in a search. */
const IGNORED = /[\p{M}\u0640]/gu;

/**
 * The form in which texts are compared: no case, no accents.
 * @param {string} text
 */
export function foldText(text) {
  return text.normalize('NFKD').replace(IGNORED, '').toLowerCase();
}

/**
 * Codes of a table whose text holds the words; those that begin with them first.
 * @param {string[]} table
 * @param {string} wanted folded
 * @param {number} most
 * @returns {number[]}
 */
export function findCodes(table, wanted, most) {
  /** @type {number[]} */
  const begin = [];
  /** @type {number[]} */
  const hold = [];
  table.forEach((text, code) => {
    const at = text ? foldText(text).indexOf(wanted) : -1;
    if (at === 0) begin.push(code);
    else if (at > 0) hold.push(code);
  });
  return [...begin, ...hold].slice(0, most);
}

/**
 * Places and actors that the words name.
 * @param {Incidents} incidents
 * @param {string} query
 * @param {number} most of each kind
 * @returns {Found[]}
 */
export function findNames(incidents, query, most) {
  const wanted = foldText(query.trim());
  if (!wanted) return [];
  const { tables, columns } = incidents;
  const places = findCodes(tables.name, wanted, most).map((code) => ({
    kind: /** @type {const} */ ('Place'),
    text: tables.name[code],
    rows: rowsWith([columns.name], code),
  }));
  const actors = findCodes(tables.actor, wanted, most).map((code) => ({
    kind: /** @type {const} */ ('Actor'),
    text: tables.actor[code],
    rows: rowsWith([columns.actor1, columns.actor2], code),
  }));
  return [...places, ...actors].filter(({ rows }) => rows.length);
}

/**
 * @param {import('./decode.js').Column[]} columns
 * @param {number} code
 */
function rowsWith(columns, code) {
  const rows = [];
  for (let row = 0; row < columns[0].length; row++) {
    if (columns.some((column) => column[row] === code)) rows.push(row);
  }
  return rows;
}

/**
 * Incidents whose long text holds the words, block by block.
 * @param {Details} details
 * @param {number} count how many incidents there are
 * @param {string} query
 * @param {number} most
 * @param {() => boolean} isStale whether the answer is no longer wanted
 * @returns {Promise<Found[]>}
 */
export async function findText(details, count, query, most, isStale) {
  const wanted = foldText(query.trim());
  /** @type {Found[]} */
  const found = [];
  for (let from = 0; from < count && found.length < most && !isStale(); from += details.size) {
    const block = await details.readBlock(from);
    block.forEach((detail, index) => {
      const text = excerpt(searchable(detail), wanted);
      if (text && found.length < most) found.push({ kind: 'Text', text, rows: [from + index] });
    });
  }
  return found;
}

/** @param {import('./details.js').Detail} detail */
function searchable({ place_text, evidence, notes = [], claims = [] }) {
  const said = claims.map((claim) => claim.source ?? '');
  return [place_text, evidence, ...said, ...notes].filter(Boolean).join(' · ');
}

/**
 * The words about the place where a text holds what is wanted; empty where it does not.
 * @param {string} text
 * @param {string} wanted folded
 */
export function excerpt(text, wanted) {
  if (!foldText(text).includes(wanted)) return '';
  const at = Math.max(0, text.toLowerCase().indexOf(wanted));
  const from = at > 40 ? text.indexOf(' ', at - 40) + 1 : 0;
  const part = text.slice(from, from + 110);
  return (from ? '…' : '') + part + (from + 110 < text.length ? '…' : '');
}
