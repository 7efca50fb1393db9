// The whole world, coarse, for the page when it is far out: world-atlas' 1:110 million countries
// to rings of land and lines of borders, as whole hundredths of a degree.
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

/** A turn round the world, and the south edge of the map, in hundredths of a degree. */
const TURN = 360 * SCALE;
const SOUTH = -90 * SCALE;

/**
 * Points that go on past 180 degrees where the originals jump to the other side.
 * @param {number[]} points
 * @returns {number[]}
 */
function unwrap(points) {
  const found = [...points];
  for (let i = 2; i < found.length; i += 2) {
    found[i] -= Math.round((found[i] - found[i - 2]) / TURN) * TURN;
  }
  return found;
}

/** @param {number[]} points @param {number} by */
const shift = (points, by) => points.map((value, i) => (i % 2 ? value : value + by));

/**
 * A line as it is to be drawn: twice where it lies on both sides of 180 degrees.
 * @param {number[]} points
 * @returns {number[][]}
 */
function onBothSides(points) {
  const line = unwrap(points);
  const lons = line.filter((_, i) => i % 2 === 0);
  if (Math.max(...lons) > TURN / 2) return [line, shift(line, -TURN)];
  if (Math.min(...lons) < -TURN / 2) return [line, shift(line, TURN)];
  return [line];
}

/**
 * A ring that goes round the pole, closed along the edge of the map.
 * @param {number[]} ring
 */
function closeAtPole(ring) {
  const line = unwrap(ring);
  const [first, last] = [line[0], line[line.length - 2]];
  return Math.abs(first - last) < TURN / 2 ? ring : [...line, last, SOUTH, first, SOUTH, first, line[1]];
}

/** @returns {number[][]} lines between two countries */
const bordersOf = () => arcs.filter((_, arc) => (uses.get(arc) ?? 0) > 1).flatMap(onBothSides);

/**
 * Twice the area of a ring in the plane, and its centre.
 * @param {number[]} ring
 */
function measure(ring) {
  let [area, x, y] = [0, 0, 0];
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const cross = ring[i] * ring[i + 3] - ring[i + 2] * ring[i + 1];
    area += cross;
    x += (ring[i] + ring[i + 2]) * cross;
    y += (ring[i + 1] + ring[i + 3]) * cross;
  }
  return { area: Math.abs(area), lon: x / (3 * area), lat: y / (3 * area) };
}

/**
 * Where a country's name stands: the centre of its largest part, in whole hundredths of a degree.
 * @param {any} country
 */
function centreOf(country) {
  const parts = ringsOf(country).map((ring) => measure(unwrap(ringPoints(ring))));
  const { lon, lat } = parts.reduce((best, part) => (part.area > best.area ? part : best));
  return [country.properties.name, Math.round(lon), Math.round(lat)];
}

const world = {
  scale: SCALE,
  land: ringsOf(topology.objects.land).map(ringPoints).map(closeAtPole).flatMap(onBothSides),
  borders: bordersOf(),
  centres: topology.objects.countries.geometries.map(centreOf),
};
writeFileSync(new URL('../assets/world.json', import.meta.url), JSON.stringify(world));
