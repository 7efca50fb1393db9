// What a reader sees of an incident's place: its name, else what its source wrote, else the area.

import { outside } from './dom.js';
import { rowsAt, textOf } from './incidents.js';
import { placeText } from './words.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */

/**
 * A place by its name, by the words of a source, or by the area it lies in: the first that is known.
 * @typedef {{ name: string } | { written: string } | { area: string }} SeenPlace
 */

/**
 * @param {Pick<Incidents, 'columns' | 'tables'>} incidents
 * @param {number} row
 * @returns {SeenPlace}
 */
export function seenPlace(incidents, row) {
  const text = /** @param {string} column */ (column) => textOf(/** @type {Incidents} */ (incidents), column, row);
  if (text('name')) return { name: text('name') };
  if (text('written')) return { written: text('written') };
  return { area: placeText(text('admin1'), text('country')) };
}

/**
 * The place of an incident in as few words as tell it from others, what is written in quotes.
 * @param {SeenPlace} seen
 * @returns {(Node | string)[]} nothing where nothing is known
 */
export function placeNodes(seen) {
  if ('written' in seen) return ['“', outside(seen.written), '”'];
  const text = 'name' in seen ? seen.name : seen.area;
  return text ? [outside(text)] : [];
}

/**
 * The place of an incident with the areas about it; or that it is not located.
 * @param {Incidents} incidents
 * @param {number} row
 * @param {...('admin1' | 'country')} about the areas to be named beside a name
 * @returns {(Node | string)[]}
 */
export function placeLine(incidents, row, ...about) {
  const seen = seenPlace(incidents, row);
  const text = /** @param {string} column */ (column) => textOf(incidents, column, row);
  if ('name' in seen) return [outside(placeText(seen.name, ...about.map(text)))];
  const area = placeText(text('admin1'), text('country'));
  return 'written' in seen && area ? [...placeNodes(seen), ', ', outside(area)] : placeNodes(seen);
}

/**
 * What the incidents of one place call it: by its name, or as the first of them that has words for
 * it writes it.
 * @param {Incidents} incidents
 * @param {number} place
 * @param {Uint16Array} failures
 * @returns {{ name: string, quoted: boolean }}
 */
export function calledPlace(incidents, place, failures) {
  const name = incidents.tables.name[incidents.columns.place_name[place]];
  if (name) return { name, quoted: false };
  const row = rowsAt(incidents, [place], failures).find((own) => textOf(incidents, 'written', own));
  if (row === undefined) return { name: 'unnamed place', quoted: false };
  return { name: textOf(incidents, 'written', row), quoted: true };
}

/**
 * Where the incidents of one place are, as a reader sees it: "at Idlib", "at “the old mill”",
 * "in Idlib, Syria"; empty where nothing is known.
 * @param {Incidents} incidents
 * @param {number} place
 * @param {Uint16Array} failures
 */
export function whereText(incidents, place, failures) {
  const name = incidents.tables.name[incidents.columns.place_name[place]];
  if (name) return `at ${name}`;
  const seen = rowsAt(incidents, [place], failures).map((row) => seenPlace(incidents, row));
  const written = new Set(seen.flatMap((own) => ('written' in own ? [own.written] : [])));
  if (written.size) {
    const [first] = written;
    return `at “${first}”${written.size > 1 ? ' and as others call it' : ''}`;
  }
  const area = seen.flatMap((own) => ('area' in own ? [own.area] : []))[0];
  return area ? `in ${area}` : '';
}

/**
 * What a list of places goes by: of each row the code of a text of `table`, where '' is no place.
 * @param {Pick<Incidents, 'columns' | 'tables' | 'count'>} incidents
 * @returns {{ codes: Uint32Array, table: string[] }}
 */
export function codePlaces({ columns, tables, count }) {
  const used = ['name', 'written', 'admin1', 'country'];
  const table = ['', ...used.flatMap((name) => tables[name])];
  const codes = new Uint32Array(count);
  let first = 1;
  for (const name of used) {
    for (let row = 0; row < count; row++) {
      const own = columns[name][row];
      if (!codes[row] && columns.place[row] && tables[name][own]) codes[row] = first + own;
    }
    first += tables[name].length;
  }
  return { codes, table };
}
