// Which entries of a group are ticked: in words, in order, and as the text that a link keeps.
// Nothing here touches the DOM.

import { numberText } from './dom.js';
import { foldText } from './fold.js';

/** More entries than these are looked through by count and by name, not read as a list. */
export const SHORT_GROUP = 12;

/**
 * How many entries are ticked, in words: "all 214", "3 of 214", "none of 214".
 * @param {Uint8Array} passes
 */
export function ticksText(passes) {
  const ticked = countTicks(passes);
  const all = numberText(passes.length);
  if (ticked === passes.length) return `all ${all}`;
  return `${ticked ? numberText(ticked) : 'none'} of ${all}`;
}

/** @param {Uint8Array} passes */
export function countTicks(passes) {
  let ticked = 0;
  for (const passing of passes) ticked += passing;
  return ticked;
}

/**
 * Ticks one entry only; where it is the only one already, all.
 * @param {Uint8Array} passes changed
 * @param {number} code
 */
export function tickOnly(passes, code) {
  const isOnly = passes[code] && countTicks(passes) === 1;
  passes.fill(isOnly ? 1 : 0);
  passes[code] = 1;
}

/**
 * The entries to list. A short group stands as it is given; in a long one the few that are ticked
 * come first, then those with most incidents. Words leave what holds them.
 * @param {string[]} labels
 * @param {Uint8Array} passes
 * @param {Uint32Array} counts
 * @param {string} words
 * @returns {number[]}
 */
export function orderEntries(labels, passes, counts, words) {
  const codes = [...labels.keys()];
  if (labels.length <= SHORT_GROUP) return codes;
  const wanted = foldText(words.trim());
  const few = countTicks(passes) <= labels.length / 2;
  const rank = (/** @type {number} */ code) => (few ? passes[code] : 0);
  return codes
    .filter((code) => !wanted || foldText(labels[code]).includes(wanted))
    .sort((a, b) => rank(b) - rank(a) || counts[b] - counts[a] || a - b);
}

/**
 * The ticks as short text: '' for all, 'none', or the entries that are ticked, or after a '-' those
 * that are not, whichever are fewer. Few of them stand there by their labels, each after a '!', and
 * fit any edition of the file. Many stand there by their places in the alphabet, with a sum of their
 * labels: a link into another edition, where the places are other entries', is known by it.
 * @param {string[]} labels
 * @param {Uint8Array} passes
 * @returns {string}
 */
export function packTicks(labels, passes) {
  const ticked = countTicks(passes);
  if (ticked === passes.length) return '';
  if (!ticked) return 'none';
  const order = alphabet(labels);
  const listed = ticked * 2 <= passes.length ? 1 : 0;
  const places = [...order.keys()].filter((place) => passes[order[place]] === listed);
  const named = places.map((place) => labels[order[place]]);
  const written = namesText(named, labels) ?? `${places.map((place) => place.toString(36)).join('.')}~${sumOf(named)}`;
  return `${listed ? '' : '-'}${written}`;
}

/** So many entries are kept by their labels, and so many letters of an address. */
const MOST_NAMED = 6;
const MOST_LETTERS = 240;
const NAME_MARK = '!';
/** The mark itself, and half a letter, which no address can hold. */
const UNWRITABLE = /!|\p{Cs}/u;

/**
 * Labels as text; undefined where they are too many, too long, or not told apart.
 * @param {string[]} named
 * @param {string[]} labels
 */
function namesText(named, labels) {
  if (named.length > MOST_NAMED) return undefined;
  const isOne = (/** @type {string} */ name) => labels.indexOf(name) === labels.lastIndexOf(name);
  if (!named.every((name) => !UNWRITABLE.test(name) && isOne(name))) return undefined;
  const text = named.map((name) => NAME_MARK + name).join('');
  return encodeURIComponent(text).length <= MOST_LETTERS ? text : undefined;
}

/**
 * The labels that a text names; none where it counts places.
 * @param {string} text
 */
function namesIn(text) {
  const found = /^-?!(.*)$/s.exec(text);
  return found ? found[1].split(NAME_MARK) : undefined;
}

/**
 * Labels that a text names and that these entries have not.
 * @param {string[]} labels
 * @param {string} text
 */
export function missingLabels(labels, text) {
  return (namesIn(text) ?? []).filter((name) => !labels.includes(name));
}

/**
 * The ticks that a text asks for; undefined where it does not fit these entries.
 * @param {string[]} labels
 * @param {string} text
 * @returns {Uint8Array | undefined}
 */
export function unpackTicks(labels, text) {
  if (text === '') return new Uint8Array(labels.length).fill(1);
  if (text === 'none') return new Uint8Array(labels.length);
  const names = namesIn(text);
  if (names) {
    const named = new Set(names);
    const isOff = text.startsWith('-');
    return Uint8Array.from(labels, (label) => (named.has(label) === isOff ? 0 : 1));
  }
  const found = /^(-?)([0-9a-z]+(?:\.[0-9a-z]+)*)~([0-9a-z]+)$/.exec(text);
  if (!found) return undefined;
  const order = alphabet(labels);
  const codes = found[2].split('.').map((place) => order[parseInt(place, 36)]);
  if (codes.includes(/** @type {any} */ (undefined))) return undefined;
  if (sumOf(codes.map((code) => labels[code])) !== found[3]) return undefined;
  const passes = new Uint8Array(labels.length).fill(found[1] ? 1 : 0);
  for (const code of codes) passes[code] = found[1] ? 0 : 1;
  return passes;
}

/**
 * Entries in an order that no setting of a browser's changes.
 * @param {string[]} labels
 */
function alphabet(labels) {
  return [...labels.keys()].sort((a, b) => (labels[a] < labels[b] ? -1 : labels[a] > labels[b] ? 1 : a - b));
}

/**
 * Four figures to tell lists apart: FNV-1a over the texts.
 * @param {string[]} texts
 */
function sumOf(texts) {
  let sum = 0x811c9dc5;
  for (const text of texts) {
    for (let i = 0; i <= text.length; i++) {
      // One more than the text has: what ends it counts too.
      sum = Math.imul(sum ^ (i < text.length ? text.charCodeAt(i) : 0x1f), 0x01000193) >>> 0;
    }
  }
  return (sum % 36 ** 4).toString(36);
}
