// Links at the page's start that lead past the panels, for those who go through it by keyboard.

import { make } from './dom.js';

/** @typedef {import('./panels.js').Frame} Frame */

/**
 * Adds "Skip to map", and "Skip to list" where there is one.
 * @param {import('./app.js').App} app
 * @param {HTMLElement} page
 * @param {Frame[]} frames
 */
export function addSkipLinks({ map }, page, frames) {
  const container = map.getContainer();
  const links = [linkTo('Skip to map', container.id, () => container.focus({ preventScroll: true }))];
  const list = frames.find(({ name }) => name === 'list');
  if (list) links.push(linkTo('Skip to list', list.section.id, () => goToPanel(list)));
  page.prepend(make('nav', { class: 'im-skip', 'aria-label': 'Skip' }, ...links));
}

/** @param {Frame} frame */
function goToPanel({ section, toggle, heading }) {
  if (section.hidden) toggle.click();
  heading.focus();
}

/**
 * @param {string} text
 * @param {string} id
 * @param {() => void} go
 */
function linkTo(text, id, go) {
  const link = make('a', { href: `#${id}` }, text);
  link.addEventListener('click', (event) => {
    event.preventDefault(); // what stands behind # is the page's state
    go();
  });
  return link;
}
