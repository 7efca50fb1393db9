// What a place is called: by its name, else in the words of a source.

import { rowsAt } from './incidents.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {{ name: string, quoted: boolean }} PlaceName */

/** Of the incidents at a place without a name so many are asked how its place is written. */
const MOST_ASKED = 20;

/**
 * A namer of places. How a place is written is in the long texts: it is read when it is first asked
 * for, and what was found is told.
 * @param {App} app
 * @param {() => void} found
 * @returns {(place: number) => PlaceName}
 */
export function makePlaceNames({ incidents, failures, details }, found) {
  const { tables, columns } = incidents;
  /** @type {Map<number, string>} */
  const written = new Map();
  /** @param {number} place */
  const read = async (place) => {
    for (const row of rowsAt(incidents, [place], failures).slice(0, MOST_ASKED)) {
      const { place_text: text } = await details.read(row).catch(() => /** @type {import('./details.js').Detail} */ ({}));
      if (!text) continue;
      written.set(place, text);
      return found();
    }
  };
  return (place) => {
    const name = tables.name[columns.place_name[place]];
    if (name) return { name, quoted: false };
    if (!written.has(place)) {
      written.set(place, '');
      void read(place);
    }
    const text = written.get(place);
    return text ? { name: text, quoted: true } : { name: 'unnamed place', quoted: false };
  };
}
