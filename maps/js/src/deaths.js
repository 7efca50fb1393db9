// The dead of an incident: the one figure that lists and sums go by, and the words for what is known.

import { countOf, numberText } from './dom.js';
import { amountText } from './words.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */

/**
 * Deaths reported of one incident.
 * @typedef {object} Deaths
 * @property {number} counted what lists and sums go by: the best figure, else the lowest; -1 where
 *   there is neither
 * @property {number | null} high the highest figure, where there is no best one
 * @property {boolean} isBest whether `counted` is the best figure
 */

/**
 * The deaths of a row. Rows without a best figure that have another are listed in the page's data.
 * @param {Pick<Incidents, 'columns'>} incidents
 * @param {number} row
 * @returns {Deaths}
 */
export function deathsOf({ columns }, row) {
  const { deaths, range_row: rows, range_high: highs } = columns;
  const counted = deaths[row] - 1;
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rows[middle] < row) from = middle + 1;
    else to = middle;
  }
  if (rows[from] !== row) return { counted, high: null, isBest: counted >= 0 };
  return { counted, high: highs[from] ? highs[from] - 1 : null, isBest: false };
}

/**
 * A number of the dead in as few letters as say it; empty where none is known.
 * @param {Deaths} deaths
 */
export function shortDeathsText({ counted, high, isBest }) {
  if (isBest || counted === high) return numberText(counted);
  if (counted < 0) return high === null ? '' : `≤ ${numberText(high)}`;
  return high === null ? `≥ ${numberText(counted)}` : `${numberText(counted)}–${numberText(high)}`;
}

/**
 * The dead in words: "40 to 90 killed", "at least 40 killed"; empty where no number is known.
 * @param {Deaths} deaths
 */
export function deathsText({ counted, high, isBest }) {
  if (counted < 0 && high === null) return '';
  const best = isBest ? counted : null;
  return `${amountText({ low: counted < 0 ? null : counted, best, high })} killed`;
}

/**
 * Which figure lists and sums go by, where that does not go without saying.
 * @param {Deaths} deaths
 */
export function countedText({ counted, high, isBest }) {
  if (isBest || counted === high || (counted < 0 && high === null)) return '';
  return counted < 0 ? 'Lists and sums count no deaths here.' : `Lists and sums count the lowest figure, ${numberText(counted)}.`;
}

/**
 * The deaths of several rows together: how many, in how many of the incidents, by which figures.
 * @param {Pick<Incidents, 'columns'>} incidents
 * @param {number[]} rows
 */
export function deathsSumText(incidents, rows) {
  const all = rows.map((row) => deathsOf(incidents, row));
  const known = all.filter(({ counted }) => counted >= 0);
  const lowest = known.filter((deaths) => countedText(deaths)).length;
  const most = all.filter(({ counted, high }) => counted < 0 && high !== null).length;
  const sum = known.reduce((dead, { counted }) => dead + counted, 0);
  const share = known.length < rows.length ? ` (in ${numberText(known.length)} of the ${numberText(rows.length)})` : '';
  return [
    known.length ? `Deaths reported: ${numberText(sum)}${share}.` : 'No number of deaths to count is given for any of them.',
    lowest ? `${countOf(lowest, 'incident')} without a best figure ${lowest === 1 ? 'counts' : 'count'} with the lowest.` : '',
    most ? `${countOf(most, 'incident')} with a highest figure only ${most === 1 ? 'adds' : 'add'} nothing.` : '',
  ].filter(Boolean).join(' ');
}
