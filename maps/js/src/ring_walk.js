// Rings that were written as walks along borders, walked again (maps/ring_walk.py).

import { toX, toY } from './project.js';

/** @typedef {import('./decode.js').Column} Column */

/**
 * What lies between two nodes: the steps by which its corners follow each other.
 * @typedef {{ steps: number[], back: Arc }} Arc
 */

/** Latitudes of whole steps lie apart by less than this, so that a number stands for a position. */
const ROW = 1e6;

/**
 * The rings, closed, as x, y pairs in map units. At every node a turn says along which arc a ring
 * goes on: 0 a new one, else one of those known to begin there, the latest first and the one just
 * walked, back again, last.
 * @param {Record<string, Column>} columns
 * @param {number} scale steps in a degree
 * @returns {Float64Array[]}
 */
export function walkRings(columns, scale) {
  const { start_x: lons, start_y: lats, ring_turns: lengths, turn: turns } = columns;
  const makeArc = arcReader(columns);
  /** @type {Map<number, Arc[]>} */
  const known = new Map();
  let next = 0;
  return Array.from(lengths, (length, ring) => {
    let [lon, lat] = [lons[ring], lats[ring]];
    const corners = [toX(lon / scale), toY(lat / scale)];
    /** @type {Arc | undefined} */
    let back;
    for (const end = next + length; next < end; next++) {
      const here = arcsAt(known, lon, lat);
      const arc = turns[next] ? waysFrom(here, back)[turns[next] - 1] : makeArc();
      for (let i = 0; i < arc.steps.length; i += 2) {
        lon += arc.steps[i];
        lat += arc.steps[i + 1];
        corners.push(toX(lon / scale), toY(lat / scale));
      }
      if (!turns[next]) {
        here.push(arc);
        arcsAt(known, lon, lat).push(arc.back);
      }
      back = arc.back;
    }
    return Float64Array.from(corners);
  });
}

/**
 * Gives the new arcs, one after another.
 * @param {Record<string, Column>} columns
 */
function arcReader({ arc_steps: lengths, step_x: x, step_y: y }) {
  let [arc, next] = [0, 0];
  return () => {
    const steps = [];
    for (const end = next + lengths[arc]; next < end; next++) {
      steps.push(x[next] - (x[next - 1] ?? 0), y[next] - (y[next - 1] ?? 0));
    }
    arc += 1;
    return makeArc(steps);
  };
}

/**
 * @param {number[]} steps
 * @returns {Arc}
 */
function makeArc(steps) {
  const reversed = [];
  for (let i = steps.length - 2; i >= 0; i -= 2) reversed.push(-steps[i], -steps[i + 1]);
  const back = /** @type {Arc} */ ({ steps: reversed });
  const arc = { steps, back };
  back.back = arc;
  return arc;
}

/**
 * @param {Map<number, Arc[]>} known
 * @param {number} lon
 * @param {number} lat
 */
function arcsAt(known, lon, lat) {
  const key = lon * ROW + lat;
  const found = known.get(key) ?? [];
  known.set(key, found);
  return found;
}

/**
 * @param {Arc[]} here
 * @param {Arc | undefined} back
 */
function waysFrom(here, back) {
  const ways = here.filter((way) => way !== back).reverse();
  return back ? [...ways, back] : ways;
}
