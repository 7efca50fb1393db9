// What of the page's state a link to it carries: each part says what it holds and takes it back.
// Nothing here touches the DOM.

/**
 * A part of the page's state under a short key. `get` gives '' where the part stands as it does
 * when the page is opened; `set` takes what `get` once gave, or any text somebody wrote, and gives
 * in words what of it does not fit this file.
 * @typedef {{ key: string, get: () => string, set: (text: string) => string | void }} Part
 */

/**
 * @typedef {object} Kept
 * @property {(part: Part) => void} add
 * @property {() => Part[]} parts
 * @property {() => void} touched to be called when a part has changed
 * @property {(listen: () => void) => void} onTouched
 */

/**
 * An empty register of parts.
 * @returns {Kept}
 */
export function makeKept() {
  /** @type {Part[]} */
  const parts = [];
  /** @type {(() => void)[]} */
  const listeners = [];
  return {
    add(part) {
      if (parts.some(({ key }) => key === part.key)) throw new Error(`two parts of the page are kept as “${part.key}”`);
      parts.push(part);
    },
    parts: () => parts,
    touched: () => listeners.forEach((listen) => listen()),
    onTouched: (listen) => listeners.push(listen),
  };
}
