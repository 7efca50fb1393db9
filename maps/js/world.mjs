// The whole world, coarse, for the page when it is far out: world-atlas' 1:110 million countries
// to rings of land, lines of coast and lines of borders, as whole hundredths of a degree.
// Usage: node world.mjs, after which maps/assets/world.json is there.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SCALE = 100;
const require = createRequire(import.meta.url);
const topology = JSON.parse(readFileSync(require.resolve('world-atlas/countries-110m.json'), 'utf8'));

/**
 * An arc's points in whole hundredths of a degree, lon and lat in turn.
 * @param {number[][]} arc differences on the topology's own grid
 * @returns {number[]}
 */
function toPoints(arc) {
  const { scale, translate } = topology.transform;
  let x = 0;
  let y = 0;
  return arc.flatMap(([stepX, stepY]) => {
    x += stepX;
    y += stepY;
    return [
      Math.round((x * scale[0] + translate[0]) * SCALE),
      Math.round((y * scale[1] + translate[1]) * SCALE),
    ];
  });
}

/** @type {number[][]} */
const arcs = topology.arcs.map(toPoints);

/** @param {any} geometry @returns {number[][]} arc numbers of each ring */
const ringsOf = ({ type, arcs: own, geometries }) =>
  type === 'GeometryCollection' ? geometries.flatMap(ringsOf) : type === 'Polygon' ? own : own.flat();

/** @param {number} number an arc's number; the ones' complement where it runs backwards */
function pointsOf(number) {
  if (number >= 0) return arcs[number];
  const forward = arcs[~number];
  const back = [];
  for (let i = forward.length - 2; i >= 0; i -= 2) back.push(forward[i], forward[i + 1]);
  return back;
}

/** @param {number[]} ring */
const ringPoints = (ring) => ring.flatMap((number, i) => pointsOf(number).slice(i ? 2 : 0));

/** How many countries each arc bounds: one is a coast, two is a border. */
const uses = new Map();
for (const number of ringsOf(topology.objects.countries).flat()) {
  const arc = number < 0 ? ~number : number;
  uses.set(arc, (uses.get(arc) ?? 0) + 1);
}

/** @param {number[]} points whether a line only follows the edge of the map */
const isEdge = (points) => points.every((value, i) => (i % 2 ? value <= -8500 : true)) ||
  points.every((value, i) => (i % 2 ? true : Math.abs(value) >= 17990));

/** @param {(count: number) => boolean} wanted @returns {number[][]} */
const linesWhere = (wanted) =>
  arcs.filter((points, arc) => wanted(uses.get(arc) ?? 0) && !isEdge(points));

const world = {
  scale: SCALE,
  land: ringsOf(topology.objects.land).map(ringPoints),
  coast: linesWhere((count) => count === 1),
  borders: linesWhere((count) => count > 1),
};
writeFileSync(new URL('../assets/world.json', import.meta.url), JSON.stringify(world));
