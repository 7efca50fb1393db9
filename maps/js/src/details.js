// Long text in blocks that are inflated when a popup or a search asks for them.

import { fromBase64, inflate } from './decode.js';

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
 * @property {Record<string, any>} [more] values of the row's own that its columns do not say, by
 *   the table's names, for an export
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

/**
 * A reader of the blocks.
 * @param {string} text base64 of one zlib stream a line
 * @param {number} size rows in a block
 * @returns {Details}
 */
export function openDetails(text, size) {
  const blocks = text.trim().split('\n');
  /** @type {Map<number, Promise<Detail[]>>} */
  const kept = new Map();

  /** @param {number} row */
  function readBlock(row) {
    const index = Math.floor(row / size);
    const found = kept.get(index);
    if (found) return found;
    const block = inflateBlock(blocks[index] ?? '');
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
 * @param {string} text
 * @returns {Promise<Detail[]>}
 */
async function inflateBlock(text) {
  return JSON.parse(new TextDecoder().decode(await inflate(fromBase64(text))));
}
