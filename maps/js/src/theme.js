// The colours that are drawn on canvas, light and dark. Those of the panels are in css/theme.css.

/**
 * @typedef {object} Theme
 * @property {string} sea
 * @property {string} land
 * @property {string} coast
 * @property {string} river
 * @property {string} border between countries
 * @property {string} admin between first-level areas
 * @property {string} paper what panels stand on
 * @property {string} ink what is written on paper
 * @property {string} halo about names on the map
 * @property {Record<'country' | 'admin1' | 'city' | 'town' | 'incident', string>} names
 * @property {string} rim about marks, and what clusters and labels of areas stand on
 * @property {string} rimInk what is written on a rim
 * @property {string} edge between a mark and its rim
 * @property {string} veil beneath dashes, so that they stand out
 * @property {string} dash about a cluster, over the share known to an area only
 * @property {string} unknown colour of what has none of its own
 * @property {string} bar of the histogram, shown
 * @property {string} barRest of the histogram, not shown
 */

/** @type {Record<'light' | 'dark', Theme>} */
export const THEMES = {
  light: {
    sea: '#d4e1e9', land: '#f6f3ec', coast: '#9db5c4', river: '#a3c1d3', border: '#95899a',
    admin: '#d0c7bb', paper: '#ffffff', ink: '#1d2a35', halo: '#faf8f3',
    names: {
      country: '#675b6b', admin1: '#685d4d', city: '#37424c', town: '#4a555f', incident: '#1d2a35',
    },
    rim: '#ffffff', rimInk: '#1d2a35', edge: 'rgba(20, 30, 40, .7)',
    veil: 'rgba(255, 255, 255, .6)', dash: '#333f4a', unknown: '#5f6b75',
    bar: '#2f6690', barRest: '#c3ccd3',
  },
  dark: {
    sea: '#15202a', land: '#28333c', coast: '#4d6575', river: '#3d5f75', border: '#83798c',
    admin: '#46535e', paper: '#1b252e', ink: '#e8edf1', halo: '#182129',
    names: {
      country: '#b3a7ba', admin1: '#a89f92', city: '#d3dbe2', town: '#b4bfc9', incident: '#f1f4f6',
    },
    rim: '#eef2f5', rimInk: '#1d2a35', edge: 'rgba(20, 30, 40, .7)',
    veil: 'rgba(18, 27, 35, .6)', dash: '#dfe6ec', unknown: '#5f6b75',
    bar: '#7db7e0', barRest: '#46545f',
  },
};

/**
 * Width of the line beneath a name on the map, in pixels, half of it about the letters: so wide that
 * the letters stand on the halo and not on what lies beneath, which may be of any class's colour.
 */
export const HALO_WIDTH = 5;

/** What graphics need against their ground (WCAG 2.2, 1.4.11). */
export const LEAST_CONTRAST = 3;

/**
 * Red, green and blue of `#rrggbb`, 0 to 255.
 * @param {string} colour
 */
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/**
 * Relative luminance (WCAG 2.2).
 * @param {string} colour as `#rrggbb`
 */
function luminance(colour) {
  const [red, green, blue] = channels(colour)
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * How far two colours stand apart, 1 to 21 (WCAG 2.2).
 * @param {string} a as `#rrggbb`
 * @param {string} b
 */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/**
 * A colour with a share of another in it.
 * @param {string} colour as `#rrggbb`
 * @param {string} other
 * @param {number} share of the other, 0 to 1
 */
export function mix(colour, other, share) {
  const to = channels(other);
  const mixed = channels(colour).map((value, i) => Math.round(value + (to[i] - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** @type {WeakMap<Theme, Map<string, string>>} */
const lines = new WeakMap();

/**
 * The colour for a line straight on the map: an event type's own, darker or lighter where it would
 * not stand out from land and sea.
 * @param {string | undefined} colour
 * @param {Theme} theme
 * @returns {string}
 */
export function lineColour(colour, theme) {
  const wanted = colour ?? theme.unknown;
  const known = lines.get(theme) ?? new Map();
  lines.set(theme, known);
  const found = known.get(wanted) ?? standOut(wanted, theme);
  known.set(wanted, found);
  return found;
}

/**
 * @param {string} colour
 * @param {Theme} theme
 */
function standOut(colour, theme) {
  const away = luminance(theme.land) > 0.5 ? '#000000' : '#ffffff';
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(colour, away, share);
    const least = Math.min(contrast(mixed, theme.land), contrast(mixed, theme.sea));
    if (least >= LEAST_CONTRAST) return mixed;
  }
  return away;
}
