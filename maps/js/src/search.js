// Search over the tables of names and over the long texts. Nothing here touches the DOM.

import { walkBlocks } from './blocks.js';
import { foldText, wordsOf } from './fold.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./details.js').Details} Details */
/** @typedef {'Place' | 'Area' | 'Country' | 'Actor' | 'Event type' | 'Source' | 'Text'} Kind */

/**
 * @typedef {object} Found
 * @property {Kind} kind
 * @property {string} text
 * @property {number} count how many incidents it is of
 * @property {number} shown how many of them pass the filters
 * @property {() => number[]} rows
 */

/**
 * The words a folded text holds, a bit each.
 * @param {string} folded
 * @param {string[]} words
 */
function bitsIn(folded, words) {
  let bits = 0;
  for (let i = 0; i < words.length; i++) if (folded.includes(words[i])) bits |= 1 << i;
  return bits;
}

/**
 * Codes of a table whose text holds all words; those that begin with the first of them first.
 * @param {string[]} table
 * @param {string} wanted
 * @param {number} most
 * @returns {number[]}
 */
export function findCodes(table, wanted, most) {
  return codesIn(table.map(foldText), wordsOf(wanted), most);
}

/**
 * @param {string[]} folded
 * @param {string[]} words
 * @param {number} most
 */
function codesIn(folded, words, most) {
  /** @type {number[]} */
  const begin = [];
  /** @type {number[]} */
  const hold = [];
  folded.forEach((text, code) => {
    if (!text || !words.every((word) => text.includes(word))) return;
    if (text.startsWith(words[0])) begin.push(code);
    else hold.push(code);
  });
  return [...begin, ...hold].slice(0, most);
}

/** The tables that are searched: what they hold, and the columns that use them. */
/** @type {[kind: Kind, table: string, columns: string[]][]} */
const TABLES = [
  ['Place', 'name', ['name']],
  ['Area', 'admin1', ['admin1']],
  ['Country', 'country', ['country']],
  ['Actor', 'actor', ['actor1', 'actor2']],
  ['Event type', 'type', ['type']],
  ['Event type', 'sub_type', ['sub_type']],
  ['Source', 'source', ['source']],
];

/** @typedef {ReturnType<typeof makeNames>} Names */

/**
 * The names of an incident's place, actors, source and type, to be searched; what is folded for one
 * search is kept for the next.
 * @param {Incidents} incidents
 */
export function makeNames({ tables, columns, count }) {
  /** @type {Map<string, string[]>} */
  const kept = new Map();
  /** @param {string} name */
  const folded = (name) => {
    const known = kept.get(name) ?? tables[name].map(foldText);
    kept.set(name, known);
    return known;
  };
  return {
    /**
     * The entries that hold all words.
     * @param {string} query
     * @param {number} most of each kind
     * @param {Uint16Array} [failures] bits of the filters each row fails
     * @returns {Found[]}
     */
    find(query, most, failures) {
      const words = wordsOf(query);
      if (!words.length) return [];
      return TABLES.flatMap(([kind, table, used]) => {
        const codes = codesIn(folded(table), words, most);
        const own = used.map((name) => columns[name]);
        if (!codes.length) return [];
        const counts = countCodes(own, tables[table].length);
        const shown = failures ? countCodes(own, tables[table].length, failures) : counts;
        return codes.map((code) => ({
          kind,
          text: tables[table][code],
          count: counts[code],
          shown: shown[code],
          rows: () => rowsWith(own, code),
        }));
      }).filter((found) => found.count);
    },
    /**
     * Of each row the words that its names hold, a bit each.
     * @param {string[]} words
     * @returns {Uint32Array}
     */
    bits(words) {
      const bits = new Uint32Array(count);
      for (const [, table, used] of TABLES) {
        const own = Uint32Array.from(folded(table), (text) => bitsIn(text, words));
        if (!own.some(Boolean)) continue;
        for (const name of used) {
          const codes = columns[name];
          for (let row = 0; row < count; row++) bits[row] |= own[codes[row]];
        }
      }
      return bits;
    },
  };
}

/**
 * How many rows have each code in one of the columns at least.
 * @param {import('./decode.js').Column[]} columns
 * @param {number} size
 * @param {Uint16Array} [failures] where given, rows that fail no filter
 */
function countCodes([first, second], size, failures) {
  const counts = new Uint32Array(size);
  for (let row = 0; row < first.length; row++) {
    if (failures?.[row]) continue;
    counts[first[row]]++;
    if (second && second[row] !== first[row]) counts[second[row]]++;
  }
  return counts;
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
 * Incidents whose long text holds all words.
 * @param {Details} details
 * @param {number} count how many incidents there are
 * @param {string} query
 * @param {number} most
 * @param {() => boolean} isStale whether the answer is no longer wanted
 * @returns {Promise<Found[]>}
 */
export async function findText(details, count, query, most, isStale) {
  const words = wordsOf(query);
  /** @type {Found[]} */
  const found = [];
  await walkBlocks(details, count, {
    isStale,
    visit(from, block = []) {
      block.forEach((detail, index) => {
        if (found.length >= most) return;
        const text = excerpt(told(detail), words) || excerpt(searchable(detail), words);
        if (text) found.push({ kind: 'Text', text, count: 1, shown: 1, rows: () => [from + index] });
      });
      return found.length >= most;
    },
  });
  return found;
}

/**
 * How far a search of everything has come.
 * @typedef {object} Progress
 * @property {Uint8Array} rows 1 a row that was found
 * @property {number} found how many
 * @property {number} searched share of the incidents that were looked through, 0 to 1
 * @property {number} damaged incidents whose long text cannot be read
 */

/**
 * Searches names and long texts: an incident is found when all words occur in what is known of it.
 * @param {Incidents} incidents
 * @param {Details} details
 * @param {Names} names
 * @param {string} query
 * @param {{ isStale: () => boolean, tell: (progress: Progress) => void }} asked `tell` is called
 *   after the names and after each block
 * @returns {Promise<Progress>} as far as it has come
 */
export async function searchAll({ count }, details, names, query, { isStale, tell }) {
  const words = wordsOf(query);
  const all = bitsIn(words.join(' '), words);
  const bits = names.bits(words);
  const rows = Uint8Array.from(bits, (own) => (own === all ? 1 : 0));
  const progress = { rows, found: rows.reduce((sum, one) => sum + one, 0), searched: 0, damaged: 0 };
  tell(progress);
  const { size } = details;
  const isWhole = await walkBlocks(details, count, {
    isStale,
    isWanted: (from) => rows.subarray(from, from + size).includes(0),
    visit(from, block) {
      progress.searched = Math.min(1, (from + size) / count);
      if (!block) progress.damaged += Math.min(size, count - from);
      block?.forEach((detail, index) => {
        const row = from + index;
        if (rows[row] || (bits[row] | bitsIn(foldText(searchable(detail)), words)) !== all) return;
        rows[row] = 1;
        progress.found++;
      });
      tell(progress);
    },
  });
  if (isWhole) progress.searched = 1;
  return progress;
}

/**
 * What an incident's sources say.
 * @param {import('./details.js').Detail} detail
 */
function told({ place_text, evidence, notes = [], claims = [] }) {
  const said = claims.flatMap((claim) => [claim.source, claim.evidence]);
  return [place_text, evidence, ...said, ...notes].filter(Boolean).join(' · ');
}

/** @param {import('./details.js').Detail} detail */
function searchable(detail) {
  const extra = Object.values(/** @type {{ extra?: object }} */ (detail).extra ?? {});
  const parts = [told(detail), detail.admin2, detail.date_text, detail.report, detail.id, ...extra];
  return parts.filter(Boolean).join(' · ');
}

/** Letters of an excerpt before the word that was found, and in all. */
const BEFORE = 40;
const EXCERPT = 110;

/**
 * The words about the place where a text holds what is wanted; empty where it does not hold all.
 * @param {string} text
 * @param {string | string[]} wanted folded words
 */
export function excerpt(text, wanted) {
  const words = typeof wanted === 'string' ? wordsOf(wanted) : wanted;
  const folded = foldText(text);
  if (!words.every((word) => folded.includes(word))) return '';
  const at = positionOf(text, folded.indexOf(words[0]));
  const from = at > BEFORE ? text.indexOf(' ', at - BEFORE) + 1 : 0;
  const begin = from > at ? at : from;
  const part = text.slice(begin, begin + EXCERPT);
  return (begin ? '…' : '') + part + (begin + EXCERPT < text.length ? '…' : '');
}

/**
 * Where in a text stands what stands at a position of its folded form.
 * @param {string} text
 * @param {number} position
 */
function positionOf(text, position) {
  let length = 0;
  let at = 0;
  for (const letter of text) {
    length += foldText(letter).length;
    if (length > position) return at;
    at += letter.length;
  }
  return at;
}
