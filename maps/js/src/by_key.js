// Whether the page is used by keys at the moment, for what style sheets show only then.

/**
 * Keeps the class `im-by-key` on the page from a key to the next press of a pointer.
 * @param {HTMLElement} page
 */
export function followKeys(page) {
  window.addEventListener('keydown', () => page.classList.add('im-by-key'), true);
  window.addEventListener('pointerdown', () => page.classList.remove('im-by-key'), true);
}
