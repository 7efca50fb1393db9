// How far the search has come that filters the incidents, for whoever takes them out of the page.
// Nothing here touches the DOM.

/**
 * @typedef {object} Searched
 * @property {string} query '' where nothing is searched for
 * @property {number} share of the incidents that were looked through, 0 to 1
 * @property {Promise<void> | undefined} ended while a search runs: when it does so no longer
 */

/**
 * The search in words; '' where there is none.
 * @param {Searched} searched
 */
export function searchedText({ query, share }) {
  if (!query) return '';
  return `Search: “${query}”${share < 1 ? `, incomplete: ${percentOf(share)} % looked through` : ''}`;
}

/**
 * What the name of a file says of a search that was stopped; '' where it was not.
 * @param {Searched} searched
 */
export function searchedNote({ query, share }) {
  return query && share < 1 ? `search-incomplete-${percentOf(share)}-percent` : '';
}

/**
 * Hundredths of a share; never all of them before its end.
 * @param {number} share
 */
export function percentOf(share) {
  return Math.floor(share * 100);
}

/**
 * When no search runs any more, or nobody wants to wait for it.
 * @param {Pick<import('./app.js').App, 'searched'>} app
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export async function searchEnded(app, signal) {
  const given = new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
  while (app.searched.ended && !signal?.aborted) await Promise.race([app.searched.ended, given]);
}
