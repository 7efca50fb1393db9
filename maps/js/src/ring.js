// A ring on the map about the place of a row that is pointed at in the list.

import * as L from 'leaflet';
import { make } from './dom.js';

/** @typedef {import('./app.js').App} App */

/** Above the marks, below popups. */
const RING_Z_INDEX = 640;
/** About a mark, in pixels. */
const LEAST_PX = 26;
/** A ring wider than this lies outside of every window, and would cost memory. */
const MOST_PX = 4000;

/**
 * A function that shows the place of a row, or of none.
 * @param {App} app
 * @param {string} className
 * @returns {(row: number | undefined) => void}
 */
export function makeRing({ map, incidents }, className) {
  const pane = map.getPane('im-rings') ?? map.createPane('im-rings');
  pane.style.zIndex = String(RING_Z_INDEX);
  pane.style.pointerEvents = 'none';
  const ring = make('div', { class: `im-ring leaflet-zoom-hide ${className}`, hidden: true });
  pane.append(ring);
  const { places, columns } = incidents;
  let place = 0;
  const settle = () => {
    ring.hidden = !place;
    if (!place) return;
    const lon = places.lon[place];
    const turns = Math.round((map.getCenter().lng - lon) / 360);
    const world = 256 * 2 ** map.getZoom();
    const wide = places.vague[place] ? places.extent[place] * world : 0;
    const size = Math.min(MOST_PX, Math.max(LEAST_PX, wide));
    ring.style.width = ring.style.height = `${size}px`;
    ring.classList.toggle('im-ring-area', wide > LEAST_PX);
    const at = map.latLngToLayerPoint([places.lat[place], lon + 360 * turns]);
    L.DomUtil.setPosition(ring, at.subtract([size / 2, size / 2]).round());
  };
  map.on('zoomend viewreset moveend', settle);
  return (row) => {
    place = row === undefined ? 0 : columns.place[row];
    settle();
  };
}
