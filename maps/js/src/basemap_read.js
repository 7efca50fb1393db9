// The base map's lines and names, out of the page's own data.

import { defineLazy } from './decode.js';
import { readParts, boxOf } from './incidents.js';

/** @typedef {{ points: Float64Array, box: [number, number, number, number] }} Line */

/**
 * @typedef {object} Town
 * @property {string} name
 * @property {string} [arabic] its name in Arabic, where one is known
 * @property {number} x
 * @property {number} y
 * @property {number} zoom from which on it is named
 * @property {'town' | 'city' | 'admin1' | 'country'} kind
 * @property {number} until last zoom at which it is named
 */

/**
 * The lines of a part of the world, and the boxes in which they hold.
 * @typedef {object} Part
 * @property {Line[]} boxes
 * @property {Line[]} land rings, which are the coast too
 * @property {Line[]} borders between countries
 * @property {Line[]} disputed borders across which one of the two claims the ground
 * @property {Line[]} admin between first-level areas
 */

/**
 * What the page was made with, for its first look; nothing where the reader's system decides.
 * @typedef {{ theme?: string, language?: string }} Look
 */

/**
 * @typedef {object} BaseMap
 * @property {Look} look
 * @property {Part} world coarse, everywhere
 * @property {Line[]} world_lakes
 * @property {Part} near finer, about the incidents
 * @property {Part} fine finest, where they are
 * @property {number} fineZoom from which on the finest can be told from the finer
 * @property {Line[]} rivers
 * @property {Line[]} lakes
 * @property {string[]} own layers that whoever made the map gave: as exact as theirs are
 * @property {Town[]} names most important first
 */

const PART = ['boxes', 'land', 'borders', 'disputed', 'admin'];

/**
 * The base map that a payload holds. Lines are made when they are first asked for: most views show
 * few of them.
 * @param {import('./decode.js').Payload} payload
 * @returns {BaseMap}
 */
export function readBaseMap({ header, columns }) {
  /** @param {string} name @returns {Line[]} */
  const lines = (name) => {
    if (!header.lines[name]) return [];
    const { scale } = header.lines[name];
    const lons = columns[`${name}_x`];
    return readParts(lons, columns[`${name}_y`], columns[`${name}_length`], scale).map(toLine);
  };
  /** @param {string} prefix @param {string[]} names @returns {any} */
  const lazily = (prefix, names) => {
    const part = {};
    for (const name of names) defineLazy(part, name, () => lines(`${prefix}${name}`));
    return part;
  };
  const part = (/** @type {string} */ name) => /** @type {Part} */ (lazily(`${name}_`, PART));
  return Object.assign(lazily('', ['world_lakes', 'rivers', 'lakes']), {
    look: header.look,
    world: part('world'),
    near: part('near'),
    fine: part('fine'),
    fineZoom: header.fine_zoom,
    own: header.own,
    names: readNames(header, columns),
  });
}

/**
 * @param {Float64Array} points
 * @returns {Line}
 */
function toLine(points) {
  return { points, box: boxOf([points]) };
}

/**
 * @param {any} header
 * @param {Record<string, import('./decode.js').Column>} columns
 * @returns {Town[]}
 */
function readNames(header, columns) {
  const points = readParts(columns.name_lon, columns.name_lat, columns.name_count, header.name_scale);
  const arabic = arabicOf(header);
  return header.names.map((/** @type {string} */ name, /** @type {number} */ i) => ({
    name,
    get arabic() {
      return arabic(i);
    },
    x: points[0][2 * i],
    y: points[0][2 * i + 1],
    zoom: columns.name_zoom[i],
    until: columns.name_until[i],
    kind: header.name_kinds[columns.name_kind[i]],
  }));
}

/**
 * The Arabic name of each place: our own, or for a country the browser's.
 * @param {any} header the countries stand first among its names
 * @returns {(index: number) => string}
 */
function arabicOf({ names_ar: own, regions }) {
  /** @type {Intl.DisplayNames | undefined} */
  let countries;
  const country = (/** @type {string} */ region) =>
    (countries ??= new Intl.DisplayNames('ar', { type: 'region', fallback: 'none' })).of(region);
  return (index) => own[index] || (regions[index] && country(regions[index])) || '';
}
