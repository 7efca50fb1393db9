// The way of the map to an incident, past the panels that stand on it.

import * as L from 'leaflet';
import { unwrapLons } from './project.js';

/** @typedef {import('./app.js').App} App */

/** How much of the map's width a place with its radius takes when it is flown to. */
const PLACE_SHARE = 1 / 3;
const ROOM = 12;
/** What the panels must leave free at least, in either direction, to be reckoned with. */
const LEAST_FREE = 200;

/** How much of a phone's height the sheet with an incident takes at most, as in css/popup.css. */
export const SHEET_SHARE = 0.55;

/** On a phone, or in a frame no wider. */
export function isNarrow() {
  return window.matchMedia('(max-width: 640px)').matches;
}

/**
 * How far the panels reach into the map from each edge.
 * @param {L.Map} map
 */
export function freeEdges(map) {
  const page = map.getContainer().parentElement;
  const { x: width, y: height } = map.getSize();
  /** @param {string} name */
  const box = (name) => {
    const element = page?.querySelector(name);
    return element && !(/** @type {HTMLElement} */ (element).hidden) ? element.getBoundingClientRect() : undefined;
  };
  const head = box('.im-head');
  const docked = ['.im-list', '.im-unlocated', '.im-about'].map((name) => box(name)?.right ?? 0);
  const narrow = (head?.width ?? 0) > width / 2;
  return {
    left: ROOM + (narrow ? 0 : Math.max(head?.right ?? 0, ...docked)),
    top: ROOM + (narrow ? (head?.bottom ?? 0) : 0),
    right: ROOM + (narrow ? 0 : width - (box('.im-layers')?.left ?? width)),
    bottom: ROOM + (narrow ? 56 : height - (box('.im-time')?.top ?? height)),
  };
}

/**
 * Gives a function that flies to rows, and opens them where they lie at one place.
 * @param {App} app
 * @returns {(rows: number[]) => void}
 */
export function makeFlight(app) {
  const { map, incidents } = app;
  let arrive = () => {};
  return (rows) => {
    const { columns, places } = incidents;
    const located = rows.filter((row) => columns.place[row]);
    if (!located.length) return;
    const lons = unwrapLons(located.map((row) => places.lon[columns.place[row]]), map.getCenter().lng);
    const points = located.map((row, at) => L.latLng(places.lat[columns.place[row]], lons[at]));
    const bounds = L.latLngBounds(points);
    const isOne = bounds.getNorthEast().equals(bounds.getSouthWest());
    const widest = located.reduce((most, row) => Math.max(most, places.extent[columns.place[row]]), 0);
    map.closePopup();
    map.off('moveend', arrive);
    arrive = () => {
      if (isOne) app.open(located, points[0]);
    };
    map.once('moveend', arrive);
    map.fitBounds(bounds, { ...viewOptions(map, isOne), maxZoom: zoomFor(map, widest) });
  };
}

/**
 * @param {L.Map} map
 * @param {number} extent of what is to be seen, in widths of the world
 */
function zoomFor(map, extent) {
  const zoom = extent > 0 ? Math.log2((map.getSize().x * PLACE_SHARE) / (256 * extent)) : 12;
  return Math.max(5, Math.min(12, zoom));
}

/**
 * @param {L.Map} map
 * @param {boolean} opens whether an incident is opened there
 */
function viewOptions(map, opens) {
  const { x: width, y: height } = map.getSize();
  const { left, right, top, bottom: edge } = freeEdges(map);
  const bottom = edge + (opens && isNarrow() ? height * SHEET_SHARE : 0);
  const isWide = width - left - right >= LEAST_FREE;
  const isHigh = height - top - bottom >= LEAST_FREE;
  return {
    paddingTopLeft: L.point(isWide ? left : ROOM, isHigh ? top : ROOM),
    paddingBottomRight: L.point(isWide ? right : ROOM, isHigh ? bottom : ROOM),
    animate: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  };
}
