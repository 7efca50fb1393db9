import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatherGroups } from '../src/gather.js';
import { makeTally } from '../src/running_counts.js';
import { EDGE, chooseAreas, layOut } from '../src/layout.js';

const VIEW = { scale: 4096, left: 1000, top: 900, width: 900, height: 700, zoom: 4 };
const TYPES = 3;

/**
 * Places on and about the window, some of them areas, with rows of three types.
 * @param {{ count: number, hasTable: boolean, wide?: number, from?: number, span?: number }} wanted
 */
function makePoints({ count, hasTable, wide = 0, from = 0.2, span = 0.3 }) {
  let state = 3;
  const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
  const x = Float64Array.from({ length: count + 1 }, () => from + span * random());
  const y = Float64Array.from({ length: count + 1 }, () => from + span * random());
  const vague = Uint8Array.from({ length: count + 1 }, (_, place) => (place && random() < wide ? 1 : 0));
  const sizes = Float64Array.from({ length: count + 1 }, () => (20 + 200 * random()) / VIEW.scale);
  const place = Uint16Array.from({ length: 3 * count }, () => Math.floor(random() * (count + 1)));
  const type = Uint8Array.from({ length: 3 * count }, () => Math.floor(random() * TYPES));
  const failures = Uint16Array.from({ length: 3 * count }, () => (random() < 0.2 ? 1 : 0));
  const placeTypes = new Uint32Array((count + 1) * TYPES);
  const counts = new Uint32Array(count + 1);
  for (let row = 0; row < failures.length; row++) {
    if (failures[row]) continue;
    counts[place[row]]++;
    placeTypes[place[row] * TYPES + type[row]]++;
  }
  const extentOf = (/** @type {number} */ own) => (vague[own] ? sizes[own] : 0);
  const places = { x, y, vague, wide: wide ? vague : undefined, extentOf, reachOf: extentOf, shape: new Uint8Array(count + 1) };
  const points = { places, place, type, types: TYPES, failures, tally: { places: counts, placeTypes: hasTable ? placeTypes : undefined, follow: undefined, window: undefined }, dated: 3 * count };
  return { points, incidents: /** @type {any} */ ({ places, shapes: [] }) };
}

/** @param {{ points: import('../src/gather.js').Points, incidents: any }} made @param {number} [most] @param {typeof VIEW} [view] */
function gather({ points, incidents }, most, view = VIEW) {
  return gatherGroups(points, view, EDGE, (found) => chooseAreas(incidents, found, view), most);
}

/** @param {import('../src/clusters.js').Group} group */
const flat = ({ x, y, count, vague, size, byType }) =>
  [Math.round(x * 100), Math.round(y * 100), count, vague, size, ...byType].join(' ');

for (const [hasTable, wide] of /** @type {[boolean, number][]} */ ([[true, 0], [false, 0], [true, 0.05], [false, 0.5]])) {
  test(`cells give the picture that single places give: table ${hasTable}, areas ${wide}`, () => {
    const made = makePoints({ count: 1500, hasTable, wide });
    const single = gather(made, 1e6);
    const cells = gather(made, 0);
    assert.equal(single.areas, undefined);
    assert.ok(cells.areas && cells.groups.length < single.groups.length / 3);
    const one = layOut(made.incidents, single.groups, VIEW);
    const other = layOut(made.incidents, cells.groups, VIEW, cells.areas);
    assert.ok(one.marks.length > 40);
    assert.equal(one.areas.length > 0, wide > 0);
    assert.deepEqual(other.marks.map(flat).sort(), one.marks.map(flat).sort());
    assert.deepEqual(other.areas.map(({ box }) => box), one.areas.map(({ box }) => box));
    const order = (/** @type {number[]} */ list) => [...list].sort((a, b) => a - b);
    const places = (/** @type {typeof one} */ { marks }, /** @type {typeof cells} */ gathered) =>
      marks.map((mark) => order(gathered.placesOf(mark)).join()).sort();
    assert.deepEqual(places(other, cells), places(one, single));
  });
}

test('a group a place in the window; a row without a place is in none', () => {
  const made = makePoints({ count: 50, hasTable: true });
  const whole = { ...VIEW, left: 0, top: 0, width: 4096, height: 4096 };
  const { groups } = gather(made, undefined, whole);
  const located = [...made.points.failures.keys()].filter((row) => !made.points.failures[row] && made.points.place[row]);
  assert.equal(groups.reduce((sum, { count }) => sum + count, 0), located.length);
  assert.ok(gather(made).groups.length < groups.length);
});

test('an area is found from a window that its mark lies outside of', () => {
  const made = makePoints({ count: 1, hasTable: true, wide: 1 });
  made.points.tally.places[1] = 2;
  made.points.places.extentOf = made.points.places.reachOf = () => 100 / VIEW.scale;
  const x = made.points.places.x[1] * VIEW.scale;
  const y = made.points.places.y[1] * VIEW.scale;
  const beside = { ...VIEW, left: x + EDGE + 5, top: y - 300 };
  for (const most of [10, 0]) assert.equal(gather(made, most, beside).groups.length, 1);
  for (const most of [10, 0]) assert.equal(gather(made, most, { ...beside, left: x + 400 }).groups.length, 0);
});

test('places on both sides of the antimeridian stand side by side', () => {
  const made = makePoints({ count: 2, hasTable: false });
  made.points.places.x.set([0, 0.999, 0.001]);
  made.points.places.y.fill(0.5);
  made.points.tally.places.set([0, 4, 4]);
  const view = { scale: 4096, left: 4000, top: 1900, width: 200, height: 300, zoom: 4 };
  const { groups } = gather(made, 5, view);
  assert.deepEqual(groups.map(({ x }) => Math.round(x)), [92, 100]);
});

/** @param {import('../src/clusters.js').Group} group */
const oneOrMore = (group) => flat({ ...group, size: Math.min(group.size, 2) });

for (const own of [3000, 10_000]) {
  test(`a grid that follows the changes is the grid made anew: ${own} places`, () => {
    const [count, rows] = [400_000, 3 * own];
    const made = makePoints({ count: own, hasTable: false });
    const { place, type } = made.points;
    const start = Int32Array.from({ length: rows }, (_, row) => Math.floor((row * 1125) / rows));
    const filters = {
      facets: [{ column: 'type', codes: type, sets: undefined, passes: new Uint8Array(TYPES).fill(1) }],
      time: { first: -Infinity, last: Infinity, undated: true }, rows: undefined,
    };
    const failures = new Uint16Array(rows);
    // So many places that there is no table of their types.
    const tally = makeTally({ start, end: start, dated: rows - 100, columns: { place, type } }, { places: count, types: TYPES }, filters, failures);
    assert.ok(!tally.placeTypes);
    const points = { ...made.points, failures, tally, dated: rows - 100 };
    const total = (/** @type {ReturnType<typeof gather>} */ { groups }) => groups.reduce((sum, group) => sum + group.count, 0);
    let before = total(gather({ ...made, points }, 100));
    const ways = new Set();
    for (const [first, passes] of [[100, 1], [110, 1], [700, 1], [700, 0], [800, 0], [810, 0], [1100, 0], [0, 1], [9, 1]]) {
      const isTime = filters.facets[0].passes[1] === passes;
      filters.time.first = first;
      filters.facets[0].passes[1] = passes;
      tally.apply(isTime ? 'time' : undefined);
      const kept = gather({ ...made, points }, 100);
      ways.add(Boolean(tally.window));
      const anew = gather({ ...made, points: { ...points, tally: { ...tally, window: undefined } } }, 100);
      assert.deepEqual(kept.groups.map(oneOrMore), anew.groups.map(oneOrMore));
      const places = (/** @type {typeof kept} */ { groups, placesOf }) => groups.map((group) => placesOf(group).join());
      assert.deepEqual(places(kept), places(anew));
      assert.notEqual(total(kept), before);
      before = total(kept);
    }
    // In the larger table the counts are sums along the rows.
    assert.equal(ways.has(true), own > 3000);
  });
}
