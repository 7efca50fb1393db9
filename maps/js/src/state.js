// The page's state as the text behind a #, and back. Nothing here touches the DOM.

/** @typedef {import('./kept.js').Part} Part */

const MOST_LAT = 90;
const TURN = 360;

/**
 * What stands behind the # for the parts as they are; '' where all stand as at first.
 * @param {Part[]} parts
 * @returns {string}
 */
export function writeHash(parts) {
  const first = parts.filter(({ key }) => key === 'map');
  const rest = parts.filter(({ key }) => key !== 'map');
  const written = [...first, ...rest]
    .map(({ key, get }) => [key, get()])
    .filter(([, text]) => text)
    .map(([key, text]) => `${encode(key)}=${encode(text)}`);
  return written.length ? `#${written.join('&')}` : '';
}

/**
 * The texts by key that stand behind a #; what cannot be read is left out.
 * @param {string} hash
 * @returns {Map<string, string>}
 */
export function readHash(hash) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const pair of hash.replace(/^#/, '').split('&')) {
    const cut = pair.indexOf('=');
    const key = decode(pair.slice(0, Math.max(cut, 0)));
    const text = decode(pair.slice(cut + 1));
    if (key && text !== undefined && !found.has(key)) found.set(key, text);
  }
  return found;
}

/** Percent-encoded, but for signs that a fragment may hold and people read more easily.
 * @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replace(/%(?:2C|2F|3A)/g, decodeURIComponent);
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * A view of the map from text such as 7.25/34.5/38.2: zoom, latitude, longitude.
 * @param {string} text
 * @returns {{ zoom: number, lat: number, lon: number } | undefined}
 */
export function parseView(text) {
  const numbers = text.split('/').map((part) => (part.trim() ? Number(part) : NaN));
  const [zoom, lat, lon] = numbers;
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) return undefined;
  if (Math.abs(lat) > MOST_LAT || Math.abs(lon) > TURN || zoom < 0) return undefined;
  return { zoom, lat, lon };
}

/**
 * Sets the parts to what a hash says, those it does not name to what they are at first.
 * @param {Part[]} parts
 * @param {Map<string, string>} texts
 * @returns {string[]} what does not fit this file, in words
 */
export function setParts(parts, texts) {
  const notes = filtersWithout(parts, texts);
  for (const { key, get, set } of parts) {
    const text = texts.get(key) ?? '';
    try {
      const note = get() === text ? undefined : set(text);
      if (note) notes.push(note);
    } catch {
      // Somebody's own text: the part stays as it is, and the others are still set.
    }
  }
  return notes;
}

/** Groups of layers are kept under this and their column (facet_group.js). */
export const FACET_KEY = 'f-';

/**
 * The filters of a hash that this page has no part for.
 * @param {Part[]} parts
 * @param {Map<string, string>} texts
 */
function filtersWithout(parts, texts) {
  const known = new Set(parts.map(({ key }) => key));
  const missing = [...texts.keys()].filter((key) => texts.get(key) && !known.has(key));
  const times = missing.some((key) => key === 'from' || key === 'to');
  return [
    ...(times ? ['Time: not applied, for no incident here has a date'] : []),
    ...missing
      .filter((key) => key.startsWith(FACET_KEY))
      .map((key) => `Layer “${shortText(key.slice(FACET_KEY.length))}”: not applied, for this file has none of that name`),
  ];
}

/** A link is anybody's text: of a long one the beginning is repeated. */
const MOST_LETTERS = 60;

/** @param {string} text */
export function shortText(text) {
  const letters = [...text];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join('')}…` : text;
}
