// Scrolling through more rows than an element can be high. Nothing here touches the DOM.

/** Firefox lays out nothing beyond some 17.8 million pixels, Chromium nothing beyond 33 million. */
export const MOST_PX = 15_000_000;

/**
 * @typedef {object} Sizes
 * @property {number} rows
 * @property {number} rowPx height of a row
 * @property {number} shownPx height of what is seen at once
 */

/**
 * Where a list stands: `top` is how far its rows are scrolled, `bar` where the scroll bar says so.
 * @typedef {{ top: number, bar: number }} Offset
 */

/**
 * Height of the element that is scrolled.
 * @param {Sizes} sizes
 */
export function barHeight({ rows, rowPx, shownPx }) {
  return Math.max(shownPx, Math.min(MOST_PX, rows * rowPx));
}

/** @param {Sizes} sizes */
function limits(sizes) {
  return {
    top: Math.max(0, sizes.rows * sizes.rowPx - sizes.shownPx),
    bar: Math.max(0, barHeight(sizes) - sizes.shownPx),
  };
}

/**
 * Where the list stands after the scroll bar has moved: a short way moves the rows as far, a long
 * one to the same share of the whole.
 * @param {Offset} offset
 * @param {number} bar
 * @param {Sizes} sizes
 * @returns {Offset}
 */
export function follow(offset, bar, sizes) {
  const most = limits(sizes);
  const step = bar - offset.bar;
  const isShort = most.top > most.bar && Math.abs(step) <= 2 * sizes.shownPx;
  const top = isShort ? offset.top + step : most.bar && (bar / most.bar) * most.top;
  return { top: Math.max(0, Math.min(most.top, top)), bar };
}

/**
 * The offset whose rows are scrolled so far, with the scroll bar where it belongs.
 * @param {number} top
 * @param {Sizes} sizes
 * @returns {Offset}
 */
export function offsetAt(top, sizes) {
  const most = limits(sizes);
  const held = Math.max(0, Math.min(most.top, top));
  return { top: held, bar: most.top && Math.round((held / most.top) * most.bar) };
}

/**
 * How far the rows are to be scrolled so that one is seen whole, and no farther than needed.
 * @param {number} index
 * @param {number} top
 * @param {Sizes} sizes
 */
export function topFor(index, top, { rowPx, shownPx }) {
  return Math.max(Math.min(top, index * rowPx), (index + 1) * rowPx - shownPx);
}
