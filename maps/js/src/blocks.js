// A walk through all long texts, block by block, that leaves the page free to answer.

/** @typedef {import('./details.js').Detail} Detail */

/** Half of what a frame may take: the other half is for drawing it. */
const SLICE_MS = 8;

/**
 * @typedef {object} Walk
 * @property {(from: number, block: Detail[] | undefined) => boolean | void} visit a block that
 *   begins at a row; none where it is damaged; `true` ends the walk
 * @property {(from: number) => boolean} [isWanted] whether a block is to be read at all
 * @property {() => boolean} isStale whether the walk is no longer wanted
 */

/**
 * Visits the blocks in order; false where the walk was given up before its end.
 * @param {Pick<import('./details.js').Details, 'readBlock' | 'size'>} details
 * @param {number} count how many incidents there are
 * @param {Walk} walk
 * @returns {Promise<boolean>}
 */
export async function walkBlocks(details, count, { visit, isWanted, isStale }) {
  let begun = performance.now();
  for (let from = 0; from < count; from += details.size) {
    if (isWanted && !isWanted(from)) continue;
    const block = await details.readBlock(from).catch(() => undefined);
    if (isStale()) return false;
    if (visit(from, block)) return true;
    if (performance.now() - begun < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    begun = performance.now();
    if (isStale()) return false;
  }
  return true;
}
