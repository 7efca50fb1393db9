// A note of what a link asked for that this file cannot show.

import { button, make, outside } from './dom.js';

/**
 * A place for the note in the page; gives what fills it, or with nothing to say empties it.
 * @param {HTMLElement} page
 * @returns {(notes: string[]) => void}
 */
export function makeNotice(page) {
  // A reader of the screen hears what comes into an element that stood there before.
  const place = make('div', { role: 'status' });
  page.append(place);
  return (notes) => {
    if (!notes.length) return place.replaceChildren();
    const close = button('×', () => place.replaceChildren(), { 'aria-label': 'Close the note' });
    const lines = notes.map((note) => make('li', {}, outside(note)));
    const text = make('div', {}, make('strong', {}, 'This link does not quite fit this file:'), make('ul', {}, ...lines));
    place.replaceChildren(make('div', { class: 'im-torn im-misfit' }, text, close));
  };
}
