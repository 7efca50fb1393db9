// Long text in blocks that are inflated when a popup or a search asks for them.

import { lookUp, openPayload } from './decode.js';

/** @typedef {import('./decode.js').Column} Column */
/** @typedef {import('./decode.js').ColumnSpec} ColumnSpec */

/**
 * What a popup shows of an incident beside its columns; a key that is empty is left out.
 * @typedef {object} Detail
 * @property {string} [id]
 * @property {string} [date_text]
 * @property {string} [date_precision]
 * @property {string} [place_text]
 * @property {string} [place_id]
 * @property {string} [admin2]
 * @property {string} [method]
 * @property {(number | null)[]} [fatalities] low, best, high
 * @property {(number | null)[]} [injured]
 * @property {string[]} [reasons]
 * @property {Alternative[]} [alternatives]
 * @property {string} [url]
 * @property {string} [report]
 * @property {string} [evidence]
 * @property {Claim[]} [claims]
 * @property {string[]} [notes]
 * @property {number} [radius_km] where the page's column of it is not exact
 * @property {number} [match_score] where the page's column of it is not exact
 * @property {number} [geo_precision] where it is not the code of the precision
 * @property {number} [where_prec] where it is not the code of the precision
 * @property {string} [precision] where the incident has one and no place
 * @property {string} [date_start] where the page's days do not say it; 'none' where there is none
 * @property {string} [date_end]
 * @property {Record<string, any>} [extra] columns of the table's own, those with a value
 */

/**
 * @typedef {object} Alternative
 * @property {string} [name]
 * @property {string} [admin1]
 * @property {string} [country]
 * @property {number | null} [score]
 * @property {string} [why]
 */

/**
 * @typedef {object} Toll
 * @property {string} [group]
 * @property {number | null} [low]
 * @property {number | null} [best]
 * @property {number | null} [high]
 * @property {string} [qualifier]
 */

/**
 * @typedef {object} Claim
 * @property {string} [source]
 * @property {Toll[]} [fatalities]
 * @property {Toll[]} [injured]
 * @property {string} [evidence]
 * @property {boolean} [contested]
 */

/**
 * @typedef {object} Details
 * @property {(row: number) => Promise<Detail>} read
 * @property {(from: number) => Promise<Detail[]>} readBlock the block a row lies in
 * @property {number} size rows in a block
 */

/** Blocks kept inflated; a popup's neighbours are mostly in the same one. */
const KEPT_BLOCKS = 8;

/** @typedef {import('./decode.js').Payload} Payload */

/**
 * What all blocks share: tables of texts, constant columns and those that follow from others.
 * @typedef {object} Shared
 * @property {any} header
 * @property {Record<string, Column>} columns
 * @property {ColumnSpec[]} lookups
 */

/** Before the name of a column of the page (PAGE_MARK in details.py). */
const PAGE_MARK = '/';
/** The column with the numbers of words, and the most that take one byte (words.py). */
const WORDS_NAME = ' words';
const ONE_BYTE = 192;
const SEPARATOR = '\0';
/** Stands for the first text of an incident where another one holds it. */
const SAME = '\x01';
/** Counts whose three figures a popup shows together. */
const TRIPLES = ['fatalities', 'injured'];
const LEVELS = ['low', 'best', 'high'];

/**
 * A reader of the blocks.
 * @param {string} text base64 of one zlib stream a line: what the blocks share, then each of them
 * @param {number} size rows in a block
 * @param {Record<string, Column>} [page] the page's columns, which some of the details follow from
 * @returns {Details}
 */
export function openDetails(text, size, page = {}) {
  const [first, ...blocks] = text.trim().split('\n');
  /** @type {Promise<Shared> | undefined} */
  let shared;
  /** @type {Map<number, Promise<Detail[]>>} */
  const kept = new Map();

  /** @param {number} row */
  function readBlock(row) {
    const index = Math.floor(row / size);
    const found = kept.get(index);
    if (found) return found;
    shared ??= openPayload(first).then(toShared);
    const block = shared.then((own) => inflateBlock(blocks[index], own, index * size, size, page));
    kept.set(index, block);
    if (kept.size > KEPT_BLOCKS) kept.delete(kept.keys().next().value ?? 0);
    return block;
  }

  return {
    size,
    readBlock,
    read: async (row) => (await readBlock(row))[row % size] ?? {},
  };
}

/**
 * @param {Payload} payload
 * @returns {Shared}
 */
function toShared({ header, columns }) {
  const lookups = header.columns.filter((/** @type {ColumnSpec} */ spec) => spec.encoding === 'lookup');
  return { header, columns, lookups };
}

/**
 * The details of a block's rows.
 * @param {string | undefined} text
 * @param {Shared} shared
 * @param {number} from the first row
 * @param {number} size
 * @param {Record<string, Column>} page
 * @returns {Promise<Detail[]>}
 */
async function inflateBlock(text, shared, from, size, page) {
  const { count, blocks } = shared.header;
  if (blocks && !text) throw new Error('the texts end before this incident');
  const length = Math.max(0, Math.min(size, count - from));
  /** @type {Payload} */
  const block = text ? await openPayload(text) : { header: { texts: {} }, columns: {} };
  const values = { ...readCodes(shared, block.columns, from, length, page), ...readTexts(shared.header, block, length) };
  return Array.from({ length }, (_, row) => toDetail(shared.header, values, row));
}

/**
 * The values of keys that are written as codes.
 * @param {Shared} shared
 * @param {Record<string, Column>} own the block's columns
 * @param {number} from
 * @param {number} length
 * @param {Record<string, Column>} page
 * @returns {Record<string, any[]>}
 */
function readCodes(shared, own, from, length, page) {
  const { header, columns, lookups } = shared;
  /** @type {Record<string, ArrayLike<number>>} */
  const codes = { ...own };
  for (const { name, through = '' } of lookups) {
    const fromPage = through.startsWith(PAGE_MARK);
    const keys = fromPage ? page[through.slice(1)].subarray(from, from + length) : own[through];
    codes[name] = lookUp(keys, columns[`${name}@values`], columns[`${name}@rows`], from);
  }
  /** @type {Record<string, any[]>} */
  const values = {};
  for (const key of header.keys) {
    const table = header.tables[key];
    const found = codes[key] ?? columns[key]?.subarray(from, from + length);
    // A count without a table is one more than it says, so that 0 is "unknown".
    if (found) values[key] = Array.from(found, (code) => (table ? table[code] : code ? code - 1 : null));
  }
  return values;
}

/**
 * The values of keys that are written as texts.
 * @param {any} shared the header that the blocks share
 * @param {Payload} block
 * @param {number} length
 * @returns {Record<string, any[]>}
 */
function readTexts(shared, { header, columns }, length) {
  /** @type {Record<string, any[]>} */
  const values = {};
  for (const key in header.texts) values[key] = apart(header.texts[key], SEPARATOR);
  const words = header.words?.split(' ');
  const together = words ? apart(wordsOf(columns[WORDS_NAME], words), ` ${SEPARATOR} `) : apart(header.long ?? [], SEPARATOR);
  const { long, parsed } = shared;
  long.forEach((/** @type {string} */ key, /** @type {number} */ at) => {
    values[key] = Array.from({ length }, (_, row) => {
      const text = together[row * long.length + at];
      return at && header.same ? text.replaceAll(SAME, () => together[row * long.length]) : text;
    });
  });
  for (const key of parsed) values[key] = values[key].map((text) => (text ? JSON.parse(text) : text));
  return values;
}

/**
 * Texts that were joined; a list where they could not be.
 * @param {string | string[]} texts
 * @param {string} separator
 */
function apart(texts, separator) {
  return typeof texts === 'string' ? texts.split(separator) : texts;
}

/**
 * A text from the numbers of its words.
 * @param {Column} numbers
 * @param {string[]} words
 */
function wordsOf(numbers, words) {
  const found = [];
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i];
    found.push(number < ONE_BYTE ? words[number] : words[ONE_BYTE + ((number - ONE_BYTE) << 8) + numbers[++i]]);
  }
  return found.join(' ');
}

/**
 * @param {any} header what the blocks share
 * @param {Record<string, any[]>} values
 * @param {number} row of the block
 * @returns {Detail}
 */
function toDetail(header, values, row) {
  /** @type {any} */
  const detail = {};
  /** @type {[string, any][]} a column of the table's own may be named __proto__ */
  const extra = [];
  for (const key of header.keys) {
    const value = values[key]?.[row];
    if (value === undefined || value === null || value === '') continue;
    const name = header.extra[key];
    if (name === undefined) detail[key] = value;
    else extra.push([name, value]);
  }
  if (extra.length) detail.extra = Object.fromEntries(extra);
  for (const kind of TRIPLES) {
    const figures = LEVELS.map((level) => detail[`${kind}_${level}`] ?? null);
    for (const level of LEVELS) delete detail[`${kind}_${level}`];
    if (figures.some((figure) => figure !== null)) detail[kind] = figures;
  }
  return detail;
}
