// A grid of any number of rows of which only those in sight are elements. The focus stays on the
// grid, which names its active row: rows come and go beneath it.

import { make } from './dom.js';
import { barHeight, follow, offsetAt, topFor } from './scroll.js';

/** Resting so long, the scroll bar is put where it belongs. */
const REST_MS = 150;

/**
 * @typedef {object} GridParts
 * @property {string} label
 * @property {HTMLElement} head the row of headers
 * @property {() => number} rowPx height of a row
 * @property {() => HTMLElement} makeRow an empty row
 * @property {(element: HTMLElement, row: number) => void} fill
 * @property {(row: number) => void} open
 * @property {(row: number | undefined) => void} point at a row's place on the map
 * @property {(row: number) => void} select
 * @property {() => { opened?: number, selected?: number }} marked rows
 */

/** @typedef {{ element: HTMLElement, index: number, row: number }} Slot */

/**
 * What a grid holds.
 * @typedef {object} Grid
 * @property {GridParts} parts
 * @property {HTMLElement} element
 * @property {HTMLElement} top what stays at the top: the headers
 * @property {HTMLElement} space as high as the scroll bar is to be long
 * @property {HTMLElement} view what is seen of the rows
 * @property {Slot[]} pool the rows that are elements
 * @property {Uint32Array} rows all rows, in order
 * @property {import('./scroll.js').Offset} offset
 * @property {number} active index of the active row, -1 for none
 * @property {number} timer
 */

/**
 * An empty grid.
 * @param {GridParts} parts
 */
export function makeGrid(parts) {
  const view = make('div', { class: 'im-grid-view', role: 'rowgroup' });
  const space = make('div', { class: 'im-grid-space', role: 'presentation' }, view);
  const top = make('div', { class: 'im-grid-top', role: 'rowgroup' }, parts.head);
  const element = make('div', { class: 'im-grid', role: 'grid', tabindex: 0, 'aria-label': parts.label }, top, space);
  /** @type {Grid} */
  const grid = {
    parts, element, top, space, view, pool: [], rows: new Uint32Array(0),
    offset: { top: 0, bar: 0 }, active: -1, timer: 0,
  };
  listenToKeys(grid);
  listenToPointer(grid);
  element.addEventListener('scroll', () => {
    if (Math.abs(element.scrollTop - grid.offset.bar) < 1) return;
    grid.offset = follow(grid.offset, element.scrollTop, sizesOf(grid));
    render(grid);
  });
  new ResizeObserver(() => {
    settle(grid, grid.offset.top);
    render(grid);
  }).observe(element);
  return {
    element,
    render: () => render(grid),
    /** @type {(rows: Uint32Array, fromTop: boolean) => void} */
    setRows: (rows, fromTop) => setRows(grid, rows, fromTop),
    /** @type {(row: number) => void} */
    show: (row) => showRow(grid, row),
  };
}

/**
 * Lists these rows; the active one stays active where it is still among them.
 * @param {Grid} grid
 * @param {Uint32Array} rows
 * @param {boolean} fromTop
 */
function setRows(grid, rows, fromTop) {
  grid.active = grid.active < 0 ? -1 : rows.indexOf(grid.rows[grid.active]);
  grid.rows = rows;
  grid.element.setAttribute('aria-rowcount', String(rows.length + 1));
  render(grid); // the scroll bar must be as long as it is to be before it is set
  settle(grid, fromTop ? 0 : grid.offset.top);
  render(grid);
  // A quick tab key comes before the rows.
  if (grid.active < 0 && grid.element.matches(':focus-visible')) activate(grid, firstSeen(grid));
}

/**
 * Makes a row the active one, if it is listed.
 * @param {Grid} grid
 * @param {number} row
 */
function showRow(grid, row) {
  const index = grid.rows.indexOf(row);
  if (index >= 0 && index !== grid.active) {
    grid.active = index;
    settle(grid, topFor(index, grid.offset.top, sizesOf(grid)));
  }
  render(grid);
}

/** @param {Grid} grid */
function sizesOf({ rows, parts, element, top }) {
  const shownPx = Math.max(0, element.clientHeight - top.offsetHeight);
  return { rows: rows.length, rowPx: parts.rowPx(), shownPx };
}

/**
 * Scrolls the rows so far, and puts the scroll bar where it belongs.
 * @param {Grid} grid
 * @param {number} to
 */
function settle(grid, to) {
  grid.offset = offsetAt(to, sizesOf(grid));
  if (Math.abs(grid.element.scrollTop - grid.offset.bar) > 1) grid.element.scrollTop = grid.offset.bar;
  else grid.offset.bar = grid.element.scrollTop;
}

/** @param {Grid} grid */
function render(grid) {
  const { parts, element, top, space, view, pool, offset } = grid;
  const sizes = sizesOf(grid);
  if (!sizes.shownPx) return;
  space.style.height = `${barHeight(sizes)}px`;
  view.style.height = `${sizes.shownPx}px`;
  view.style.top = `${top.offsetHeight}px`;
  const first = Math.floor(offset.top / sizes.rowPx);
  const count = Math.ceil(sizes.shownPx / sizes.rowPx) + 1;
  while (pool.length < count) pool.push({ element: parts.makeRow(), index: -1, row: -1 });
  while (pool.length > count) pool.pop()?.element.remove();
  for (let index = first; index < first + count; index++) {
    place(grid, pool[index % count], index, sizes.rowPx);
  }
  // Elements stand in the order of their rows, which a screen reader follows.
  const inOrder = [...pool].sort((a, b) => a.index - b.index).map((slot) => slot.element);
  if (inOrder.some((own, i) => view.children[i] !== own)) view.replaceChildren(...inOrder);
  const shown = pool.find((slot) => slot.index === grid.active && !slot.element.hidden);
  if (shown) element.setAttribute('aria-activedescendant', shown.element.id);
  else element.removeAttribute('aria-activedescendant');
  clearTimeout(grid.timer);
  grid.timer = window.setTimeout(() => settle(grid, grid.offset.top), REST_MS);
}

/**
 * Lets an element stand for a row.
 * @param {Grid} grid
 * @param {Slot} slot
 * @param {number} index
 * @param {number} rowPx
 */
function place({ parts, rows, offset, active }, slot, index, rowPx) {
  const { element } = slot;
  element.hidden = index >= rows.length;
  if (!element.hidden && (slot.index !== index || slot.row !== rows[index])) {
    element.id = `im-row-${index}`;
    element.setAttribute('aria-rowindex', String(index + 2));
    if (slot.row !== rows[index]) parts.fill(element, rows[index]);
    slot.row = rows[index];
  }
  slot.index = index;
  element.style.transform = `translateY(${index * rowPx - offset.top}px)`;
  const { opened, selected } = parts.marked();
  element.classList.toggle('im-active', index === active);
  element.classList.toggle('im-opened', slot.row === opened);
  element.setAttribute('aria-selected', String(slot.row === selected));
  if (slot.row === opened) element.setAttribute('aria-current', 'true');
  else element.removeAttribute('aria-current');
}

/**
 * @param {Grid} grid
 * @param {number} index
 */
function activate(grid, index) {
  if (!grid.rows.length) return;
  grid.active = Math.max(0, Math.min(grid.rows.length - 1, index));
  settle(grid, topFor(grid.active, grid.offset.top, sizesOf(grid)));
  render(grid);
  grid.parts.point(grid.rows[grid.active]);
}

/** @param {Grid} grid */
function firstSeen({ offset, parts }) {
  return Math.ceil(offset.top / parts.rowPx());
}

/** @param {Grid} grid */
function listenToKeys(grid) {
  const { element, parts } = grid;
  element.addEventListener('focus', () => {
    if (grid.active >= 0) parts.point(grid.rows[grid.active]);
    else if (element.matches(':focus-visible')) activate(grid, firstSeen(grid));
  });
  element.addEventListener('blur', () => parts.point(undefined));
  element.addEventListener('keydown', (event) => {
    if (event.target !== element || event.ctrlKey || event.altKey || event.metaKey) return;
    const { rowPx, shownPx, rows } = sizesOf(grid);
    const page = Math.max(1, Math.floor(shownPx / rowPx) - 1);
    const from = grid.active < 0 ? firstSeen(grid) : grid.active;
    const to = {
      ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page,
      Home: 0, End: rows - 1,
    }[event.key];
    const row = grid.rows[grid.active];
    if (to !== undefined) activate(grid, to);
    else if (row !== undefined && event.key === 'Enter') parts.open(row);
    else if (row !== undefined && event.key === ' ') parts.select(row);
    else return;
    event.preventDefault();
  });
}

/** @param {Grid} grid */
function listenToPointer(grid) {
  const { view, pool, parts } = grid;
  /** @param {Event} event */
  const slotOf = ({ target }) => pool.find((slot) => target instanceof Node && slot.element.contains(target));
  view.addEventListener('click', (event) => {
    const slot = slotOf(event);
    if (!slot) return;
    activate(grid, slot.index);
    parts.open(slot.row);
  });
  view.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'mouse') parts.point(slotOf(event)?.row);
  });
  view.addEventListener('pointerleave', () => parts.point(undefined));
}
