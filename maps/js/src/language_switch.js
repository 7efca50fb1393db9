// In which language the base map's names are written.

import { make } from './dom.js';
import { redrawAll } from './theme_switch.js';

/** @typedef {import('./app.js').App} App */

/** What each language calls itself. */
export const LANGUAGES = /** @type {const} */ ({ en: 'English', ar: 'العربية' });

/** @param {unknown} text @returns {text is keyof typeof LANGUAGES} */
const isLanguage = (text) => Object.hasOwn(LANGUAGES, String(text));

/**
 * The language a page opens with: the one it was made with, else English.
 * @param {unknown} given
 */
export const firstLanguage = (given) => (isLanguage(given) ? given : 'en');

/**
 * A group of switches, one a language.
 * @param {App} app
 * @param {unknown} given the language the page was made with, if any
 * @returns {HTMLElement}
 */
export function makeLanguageSwitch(app, given) {
  const boxes = Object.entries(LANGUAGES).map(([code, name]) => {
    const box = make('input', { type: 'radio', name: 'im-language', value: code });
    box.addEventListener('change', () => app.set('language', code));
    return { box, label: make('label', {}, box, make('bdi', { lang: code }, name)) };
  });
  let shown = app.settings.language;
  const show = () => boxes.forEach(({ box }) => (box.checked = box.value === shown));
  app.onSetting(() => {
    if (shown === app.settings.language) return;
    shown = app.settings.language;
    show();
    redrawAll(app);
  });
  show();
  app.kept.add({
    key: 'lang',
    get: () => (app.settings.language === firstLanguage(given) ? '' : app.settings.language),
    set: (text) => app.set('language', isLanguage(text) ? text : firstLanguage(given)),
  });
  return make(
    'fieldset',
    { class: 'im-languages' },
    make('legend', {}, 'Names on the map'),
    ...boxes.map(({ label }) => label),
  );
}
