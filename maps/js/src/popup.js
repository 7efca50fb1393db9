// The popup: opens at a place, on a phone as a sheet; takes the focus from the keyboard and gives
// it back.

import * as L from 'leaflet';
import { make } from './dom.js';
import { SHEET_SHARE, freeEdges, isNarrow, makeFlight } from './fly.js';
import { followLink } from './incident_link.js';
import { makePages } from './popup_pages.js';

/** @typedef {import('./app.js').App} App */

/** Above the panels, which are sheets as well on a phone, and below the bar of buttons. */
const SHEET_Z_INDEX = 1150;

/**
 * Gives the app its ways to open incidents and to go to them.
 * @param {App} app
 */
export function addPopup(app) {
  const { map } = app;
  const sheet = map.createPane('im-sheet', map.getContainer());
  sheet.style.zIndex = String(SHEET_Z_INDEX);
  // Leaflet's map takes a press, a wheel or a key in this pane for its own otherwise.
  L.DomEvent.disableScrollPropagation(sheet);
  const popups = {
    wide: L.popup({ className: 'im-popup', maxWidth: 340, minWidth: 240 }),
    narrow: L.popup({ className: 'im-popup im-sheet', pane: 'im-sheet', autoPan: false }),
  };
  const focus = keepFocus();
  /** @type {import('./popup_pages.js').Pages | undefined} of the popup that is open */
  let pages;
  app.onChange(() => pages?.follow());
  /** @param {number | undefined} row */
  const told = (row) => void map.fire('im-opened', { row });

  app.open = (rows, at) => {
    if (!rows.length) return;
    const narrow = isNarrow();
    const popup = narrow ? popups.narrow : popups.wide;
    const content = make('div', { class: 'im-pages', tabindex: -1 });
    const settle = (still = false) => {
      const { activeElement } = document;
      const { autoPan } = popup.options;
      const { parentElement } = content;
      const seenFrom = parentElement?.scrollTop ?? 0;
      popup.options.autoPan = autoPan && !still;
      popup.update(); // takes the content out and puts it in again: focus and scrolling are lost
      popup.options.autoPan = autoPan;
      if (parentElement) parentElement.scrollTop = still ? seenFrom : 0;
      if (activeElement instanceof HTMLElement && content.contains(activeElement)) activeElement.focus({ preventScroll: true });
    };
    // What was asked for may come when another popup, or none, is open.
    const isCurrent = () => popup.isOpen() && popup.getContent() === content;
    const own = makePages(app, content, rows, { isCurrent, settle, told });
    // Leaflet asks where a click came from after our handler has replaced that very button, finds
    // it nowhere, and takes the click for one on the map beneath.
    content.addEventListener('click', (event) => event.stopPropagation());
    content.addEventListener('toggle', () => {
      if (!isCurrent()) return;
      settle(true);
      popup.setLatLng(at); // what has grown comes back into the window
    }, true);
    content.addEventListener('keydown', (event) => {
      event.stopPropagation(); // an arrow turns the page and does not move the map
      if (event.key === 'Escape') map.closePopup();
      else own.keydown(event);
    });
    focus.opening(content);
    fit(map, popup);
    popup.setLatLng(at).setContent(content).openOn(map);
    pages = own; // not before: opening this popup closes the one before it
    describe(map, popup);
    if (narrow) seeAbove(map, L.latLng(at));
    own.start();
    focus.opened(content);
  };
  map.on('popupclose', ({ popup }) => {
    if (popup !== popups.wide && popup !== popups.narrow) return;
    pages = undefined;
    told(undefined);
    focus.closed();
  });
  holdPressed(map, popups);
  app.goTo = makeFlight(app);
  followLink(app);
}

/**
 * A popup that is pressed stands still, so that the release meets what was pressed. A press that
 * began in one is no click on the map, even where the popup grew or shrank before the release: the
 * browser then gives the click to the map that holds both.
 * @param {L.Map} map
 * @param {Record<string, L.Popup>} popups
 */
function holdPressed(map, popups) {
  /** @type {HTMLElement | undefined} */
  let pressed;
  let isMoving = false;
  map.on('movestart', () => void (isMoving = true));
  map.on('moveend', () => void (isMoving = false));
  /** @param {Event} event */
  const popupUnder = ({ target }) =>
    Object.values(popups)
      .map((popup) => popup.getElement())
      .find((element) => target instanceof Node && element?.contains(target));
  window.addEventListener('pointerdown', (event) => {
    pressed = popupUnder(event);
    if (pressed && isMoving) map.stop();
  }, true);
  window.addEventListener('click', (event) => pressed && event.detail && !popupUnder(event) && event.stopPropagation(), true);
}

/**
 * How large a popup may be, and how far from the panels it is kept.
 * @param {L.Map} map
 * @param {L.Popup} popup
 */
function fit(map, popup) {
  const { left, top, right, bottom } = freeEdges(map);
  popup.options.autoPanPaddingTopLeft = L.point(left, top);
  popup.options.autoPanPaddingBottomRight = L.point(right, bottom);
  const height = map.getSize().y;
  popup.options.maxHeight = Math.round(isNarrow() ? height * SHEET_SHARE - 20 : Math.min(480, height * 0.6));
}

/**
 * Moves the map so that a place is seen above the sheet.
 * @param {L.Map} map
 * @param {L.LatLng} at
 */
function seeAbove(map, at) {
  const { top } = freeEdges(map);
  const below = Math.round(map.getSize().y * SHEET_SHARE) + 60;
  map.panInside(at, { paddingTopLeft: [40, top + 20], paddingBottomRight: [40, below + 20] });
}

/**
 * Role and name, and the keys at the button that closes, which Leaflet makes of a link: a button
 * is pressed with the space bar too, and Escape closes from there as from the content.
 * @param {L.Map} map
 * @param {L.Popup} popup
 */
function describe(map, popup) {
  const element = popup.getElement();
  if (!element) return;
  element.setAttribute('role', 'dialog');
  element.setAttribute('aria-label', 'Incidents at this place');
  element.querySelector('.leaflet-popup-close-button')?.setAttribute('aria-label', 'Close');
  // The element stays from one opening to the next: a listener would be added each time.
  element.onkeydown = (event) => {
    if (event.key !== 'Escape' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    map.closePopup();
  };
}

/**
 * Focus goes into a popup that was opened by a key, and back to where it was when the popup closes.
 */
function keepFocus() {
  let byKey = false;
  /** @type {Element | null} */
  let from = null;
  /** @type {HTMLElement | undefined} */
  let inside;
  window.addEventListener('keydown', () => (byKey = true), true);
  window.addEventListener('pointerdown', () => (byKey = false), true);
  return {
    /** @param {HTMLElement} next the content that is to be shown */
    opening(next) {
      const { activeElement } = document;
      if (!inside?.contains(activeElement) && activeElement !== document.body) from = activeElement;
      inside = next;
    },
    /** @param {HTMLElement} content */
    opened(content) {
      if (byKey) content.focus({ preventScroll: true });
    },
    closed() {
      const { activeElement } = document;
      const isLost = !activeElement || activeElement === document.body || inside?.closest('.leaflet-popup')?.contains(activeElement);
      if (isLost && from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
      from = null;
    },
  };
}
