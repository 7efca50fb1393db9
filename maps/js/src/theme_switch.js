// Light or dark: as the system is set at first, then as the reader chooses (on paper: print.js).

import { button } from './dom.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {'light' | 'dark'} ThemeName */

const NAMES = ['light', 'dark'];
const DARK_QUERY = '(prefers-color-scheme: dark)';

/** @param {unknown} text @returns {text is ThemeName} */
const isTheme = (text) => NAMES.includes(String(text));

/**
 * The theme a page opens with: the one it was made with, else the system's.
 * @param {unknown} given
 * @returns {ThemeName}
 */
export function firstTheme(given) {
  if (isTheme(given)) return given;
  return window.matchMedia(DARK_QUERY).matches ? 'dark' : 'light';
}

/**
 * The switch, and what follows from a change of theme.
 * @param {App} app
 * @param {HTMLElement} page
 * @param {unknown} given the theme the page was made with, if any
 * @returns {HTMLElement}
 */
export function makeThemeSwitch(app, page, given) {
  let isChosen = isTheme(given);
  const flip = button('Dark', () => {
    isChosen = true;
    app.set('theme', app.settings.theme === 'dark' ? 'light' : 'dark');
  });
  const show = () => {
    page.dataset.theme = app.settings.theme;
    flip.setAttribute('aria-pressed', String(app.settings.theme === 'dark'));
  };
  let shown = app.settings.theme;
  app.onSetting(() => {
    if (shown === app.settings.theme) return;
    shown = app.settings.theme;
    show();
    redrawAll(app);
  });
  show();
  app.kept.add({
    key: 'theme',
    get: () => (app.settings.theme === firstTheme(given) ? '' : app.settings.theme),
    set: (text) => {
      isChosen = isTheme(text) || isTheme(given);
      app.set('theme', isTheme(text) ? text : firstTheme(given));
    },
  });
  window.matchMedia(DARK_QUERY).addEventListener('change', () => {
    if (!isChosen) app.set('theme', firstTheme(given));
  });
  return flip;
}

/**
 * Draws every canvas of the map again, at once.
 * @param {App} app
 */
export function redrawAll({ map }) {
  map.fire('viewreset');
}
