// The first view: all incidents, as large as the room between the panels allows.

import * as L from 'leaflet';

/** @typedef {import('./app.js').App} App */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Edges */

/** No closer than this at first, so that a single place is seen with what lies about it. */
const MOST_ZOOM = 11;
/** Room that is left about the incidents, in pixels. */
const ROOM = 18;
/** What panels leave is no room for the incidents below so many pixels. */
const LEAST_ROOM = 40;

/**
 * Shows all incidents, or leaves the world where there is none on the map.
 * @param {App} app
 */
export function fitView({ map, incidents }) {
  const { bounds } = incidents.header;
  if (!bounds) return;
  const [west, south, east, north] = bounds;
  const box = L.latLngBounds([south, west], [north, east]);
  const options = roomsOf(map).map((edges) => ({
    maxZoom: MOST_ZOOM,
    animate: false,
    paddingTopLeft: L.point(edges.left + ROOM, edges.top + ROOM),
    paddingBottomRight: L.point(edges.right + ROOM, edges.bottom + ROOM),
  }));
  /** @param {(typeof options)[number]} own */
  const zoomIn = ({ paddingTopLeft, paddingBottomRight }) => {
    const taken = paddingTopLeft.add(paddingBottomRight);
    const free = map.getSize().subtract(taken);
    return Math.min(free.x, free.y) < LEAST_ROOM ? -Infinity : map.getBoundsZoom(box, false, taken);
  };
  const best = options.reduce((a, b) => (zoomIn(b) > zoomIn(a) ? b : a));
  map.fitBounds(box, best);
}

/**
 * The rectangles that the panels leave free: between them, and below the two at the top.
 * @param {L.Map} map
 * @returns {Edges[]}
 */
function roomsOf(map) {
  const { x: width, y: height } = map.getSize();
  const head = panelBox(map, '.im-head');
  const layers = panelBox(map, '.im-layers');
  const bar = panelBox(map, '.im-bar');
  const sheet = panelBox(map, '.im-time');
  const isNarrow = (head?.width ?? 0) > width / 2;
  if (isNarrow) {
    const bottom = height - Math.min(bar?.top ?? height, sheet?.top ?? height);
    return [{ left: 0, right: 0, top: head?.bottom ?? 0, bottom }];
  }
  const left = head?.right ?? 0;
  const right = width - (layers?.left ?? width);
  const bottom = height - (sheet?.top ?? height);
  return [
    { left, right, top: 0, bottom },
    { left: 0, right, top: head?.bottom ?? 0, bottom },
    { left: 0, right: 0, top: Math.max(head?.bottom ?? 0, layers?.bottom ?? 0), bottom },
  ];
}

/**
 * Where a panel lies in the map, if it is open.
 * @param {L.Map} map
 * @param {string} name
 * @returns {DOMRect | undefined}
 */
function panelBox(map, name) {
  const container = map.getContainer();
  const element = container.parentElement?.querySelector(name);
  if (!(element instanceof HTMLElement) || element.hidden) return undefined;
  const { left, top } = container.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  return new DOMRect(box.left - left, box.top - top, box.width, box.height);
}
