// The areas that incidents are counted by, as the page's block of areas holds them.

import { boxOf, readParts } from './incidents.js';
import { walkRings } from './ring_walk.js';

/** Why a place is counted in no area: its code in `codes`; areas are coded from FIRST_AREA on. */
export const NO_PLACE = 0;
export const COUNTRY_ONLY = 1;
export const OUTSIDE = 2;
export const SEVERAL = 3;
export const FIRST_AREA = 4;

/**
 * An area: its rings in map units, and the largest circle in it, where a name finds room.
 * @typedef {object} Area
 * @property {string} name
 * @property {string} arabic its name in Arabic, '' where none is known
 * @property {Float64Array[]} rings
 * @property {[number, number, number, number]} box
 * @property {{ x: number, y: number, radius: number }} label
 */

/**
 * One set of areas.
 * @typedef {object} Level
 * @property {string} key
 * @property {string} title
 * @property {Area[]} areas
 * @property {import('./decode.js').Column} codes of each place
 * @property {import('./decode.js').Column} abroad 1 for a place that is counted in another country
 *   than its rows name
 */

/**
 * An area's name in a language, as far as it is known.
 * @param {Area} area
 * @param {string} language
 */
export function nameOf({ name, arabic }, language) {
  return (language === 'ar' && arabic) || name;
}

/**
 * What the block of areas holds.
 * @param {import('./decode.js').Payload} payload
 * @returns {{ levels: Level[] }}
 */
export function readAreas({ header, columns }) {
  const rings = walkRings(columns, header.scale);
  let next = 0;
  const levels = header.levels.map((/** @type {{ key: string, title: string, names: string[], names_ar: string[] }} */ { key, title, names, names_ar: arabic }) => {
    /** @param {string} name */
    const own = (name) => columns[`${key}_${name}`];
    const counted = Uint32Array.of(names.length);
    const [centres] = readParts(own('label_x'), own('label_y'), counted, header.scale);
    const areas = names.map((name, i) => {
      const mine = rings.slice(next, (next += own('rings')[i]));
      const radius = own('label_radius')[i] / header.scale / 360;
      return { name, arabic: arabic[i], rings: mine, box: boxOf(mine), label: { x: centres[2 * i], y: centres[2 * i + 1], radius } };
    });
    return { key, title, areas, codes: own('place'), abroad: own('abroad') };
  });
  return { levels };
}
