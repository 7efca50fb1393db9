// The colours that are drawn on canvas, light and dark. Those of the panels are in css/frame.css.

/**
 * @typedef {object} Theme
 * @property {string} sea
 * @property {string} land
 * @property {string} coast
 * @property {string} river
 * @property {string} border between countries
 * @property {string} admin between first-level areas
 * @property {string} paper what marks and labels stand on
 * @property {string} ink what is written on paper
 * @property {string} halo about names on the map
 * @property {string} bar of the histogram, shown
 * @property {string} barRest of the histogram, not shown
 */

/** @type {Record<'light' | 'dark', Theme>} */
export const THEMES = {
  light: {
    sea: '#d4e1e9', land: '#f6f3ec', coast: '#9db5c4', river: '#a9c5d6', border: '#9a8f9c', admin: '#d3cabf',
    paper: '#ffffff', ink: '#1d2a35', halo: 'rgba(250, 248, 243, .92)',
    bar: '#2f6690', barRest: '#c3ccd3',
  },
  dark: {
    sea: '#16222c', land: '#26313a', coast: '#4d6575', river: '#34566b', border: '#7d7486', admin: '#44505a',
    paper: '#1b252e', ink: '#e8edf1', halo: 'rgba(24, 33, 41, .9)',
    bar: '#7db7e0', barRest: '#46545f',
  },
};
