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
 * @property {(rows: number[]) => void} rested what is seen after a moment without scrolling
 */

/**
 * @param {GridParts} parts
 */
export function makeGrid(parts) {
  const view = make('div', { class: 'im-grid-view', role: 'rowgroup' });
  const space = make('div', { class: 'im-grid-space', role: 'presentation' }, view);
  const top = make('div', { class: 'im-grid-top', role: 'rowgroup' }, parts.head);
  const grid = make('div', { class: 'im-grid', role: 'grid', tabindex: 0, 'aria-label': parts.label }, top, space);
  /** @type {{ element: HTMLElement, index: number, row: number }[]} */
  const pool = [];
  /** @type {Uint32Array} */
  let rows = new Uint32Array(0);
  let offset = { top: 0, bar: 0 };
  let active = -1;
  let timer = 0;

  const sizes = () => ({
    rows: rows.length,
    rowPx: parts.rowPx(),
    shownPx: Math.max(0, grid.clientHeight - top.offsetHeight),
  });

  const render = () => {
    const now = sizes();
    if (!now.shownPx) return;
    space.style.height = `${barHeight(now)}px`;
    view.style.height = `${now.shownPx}px`;
    view.style.top = `${top.offsetHeight}px`;
    const first = Math.floor(offset.top / now.rowPx);
    const count = Math.ceil(now.shownPx / now.rowPx) + 1;
    while (pool.length < count) pool.push({ element: parts.makeRow(), index: -1, row: -1 });
    while (pool.length > count) pool.pop()?.element.remove();
    for (let index = first; index < first + count; index++) place(pool[index % count], index, now.rowPx);
    // Elements stand in the order of their rows, which a screen reader follows.
    const inOrder = [...pool].sort((a, b) => a.index - b.index).map(({ element }) => element);
    if (inOrder.some((element, i) => view.children[i] !== element)) view.replaceChildren(...inOrder);
    const shown = pool.find((slot) => slot.index === active && !slot.element.hidden);
    if (shown) grid.setAttribute('aria-activedescendant', shown.element.id);
    else grid.removeAttribute('aria-activedescendant');
    clearTimeout(timer);
    timer = window.setTimeout(rest, REST_MS);
  };
  /**
   * @param {typeof pool[number]} slot
   * @param {number} index
   * @param {number} rowPx
   */
  const place = (slot, index, rowPx) => {
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
  };
  const rest = () => {
    settle(offset.top);
    parts.rested(pool.filter(({ element }) => !element.hidden).map(({ row }) => row));
  };
  /** @param {number} to how far the rows are scrolled */
  const settle = (to) => {
    offset = offsetAt(to, sizes());
    if (Math.abs(grid.scrollTop - offset.bar) > 1) grid.scrollTop = offset.bar;
    else offset.bar = grid.scrollTop;
  };
  /** @param {number} index */
  const activate = (index) => {
    if (!rows.length) return;
    active = Math.max(0, Math.min(rows.length - 1, index));
    settle(topFor(active, offset.top, sizes()));
    render();
    parts.point(rows[active]);
  };
  const firstSeen = () => Math.ceil(offset.top / parts.rowPx());

  grid.addEventListener('scroll', () => {
    if (Math.abs(grid.scrollTop - offset.bar) < 1) return;
    offset = follow(offset, grid.scrollTop, sizes());
    render();
  });
  grid.addEventListener('focus', () => {
    if (active < 0 && grid.matches(':focus-visible')) activate(firstSeen());
    else if (active >= 0) parts.point(rows[active]);
  });
  grid.addEventListener('blur', () => parts.point(undefined));
  grid.addEventListener('keydown', (event) => {
    if (event.target !== grid || event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(sizes().shownPx / parts.rowPx()) - 1);
    const from = active < 0 ? firstSeen() : active;
    const to = {
      ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page,
      Home: 0, End: rows.length - 1,
    }[event.key];
    if (to !== undefined) activate(to);
    else if (active >= 0 && event.key === 'Enter') parts.open(rows[active]);
    else if (active >= 0 && event.key === ' ') parts.select(rows[active]);
    else return;
    event.preventDefault();
  });
  /** @param {Event} event */
  const slotOf = (event) =>
    pool.find(({ element }) => event.target instanceof Node && element.contains(event.target));
  view.addEventListener('click', (event) => {
    const slot = slotOf(event);
    if (!slot) return;
    activate(slot.index);
    parts.open(slot.row);
  });
  view.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'mouse') parts.point(slotOf(event)?.row);
  });
  view.addEventListener('pointerleave', () => parts.point(undefined));
  new ResizeObserver(() => {
    settle(offset.top);
    render();
  }).observe(grid);

  return {
    element: grid,
    render,
    /**
     * Lists these rows; the active one stays active where it is still among them.
     * @param {Uint32Array} next
     * @param {boolean} fromTop
     */
    setRows(next, fromTop) {
      active = active < 0 ? -1 : next.indexOf(rows[active]);
      rows = next;
      grid.setAttribute('aria-rowcount', String(rows.length + 1));
      render(); // the scroll bar must be as long as it is to be before it is set
      settle(fromTop ? 0 : offset.top);
      render();
    },
    /**
     * Makes a row the active one, if it is listed.
     * @param {number} row
     */
    show(row) {
      const index = rows.indexOf(row);
      if (index >= 0 && index !== active) {
        active = index;
        settle(topFor(index, offset.top, sizes()));
      }
      render();
    },
  };
}
