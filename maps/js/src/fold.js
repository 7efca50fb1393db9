// The form in which texts are compared, and the words of a search.

/** Marks that accents, vowel signs and the tatweel leave behind; they do not count in a search. */
const IGNORED = /[\p{M}\u0640ʾʿʻʼ'’‘`´]/gu;
const HYPHENS = /[-‐‑‒–—]/g;
/** Letters that are written one for the other, and what Unicode does not take apart. */
/** @type {Record<string, string>} */
const LETTERS = {
  ى: 'ي', ی: 'ي', ٱ: 'ا', ة: 'ه', ہ: 'ه', ە: 'ه', ک: 'ك', ı: 'i', ł: 'l', ø: 'o', đ: 'd', ß: 'ss',
};
const OTHER_LETTERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
const ASCII = /^[\x00-\x7f]*$/;

/** A word is a bit of a number; what is written beyond that many does not count. */
const MOST_WORDS = 31;

/**
 * The form in which texts are compared: no case, no accents, Arabic letters without their variants.
 * @param {string} text
 */
export function foldText(text) {
  if (ASCII.test(text)) return text.toLowerCase().replace(/['`]/g, '').replaceAll('-', ' ');
  const lower = text.normalize('NFKD').replace(IGNORED, '').toLowerCase();
  return lower.replace(HYPHENS, ' ').replace(OTHER_LETTERS, (letter) => LETTERS[letter]);
}

/**
 * The words that are looked for: all must occur.
 * @param {string} query
 * @returns {string[]}
 */
export function wordsOf(query) {
  return [...new Set(foldText(query).split(/\s+/).filter(Boolean))].slice(0, MOST_WORDS);
}
