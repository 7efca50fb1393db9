import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overlaps } from '../src/room.js';
import { MOST_AREAS, isWithin, layOut, markReach } from '../src/layout.js';

const VIEW = { scale: 10_000, left: 0, top: 0, width: 1000, height: 800, zoom: 5 };

/**
 * Places as a page has them, one incident or more at each, and the groups they make.
 * @param {{ x: number, y: number, wide?: number, vague?: number, count?: number, parts?: number[] }[]} made in pixels
 * @returns {{ incidents: any, groups: import('../src/clusters.js').Group[] }}
 */
function scene(made) {
  /** @param {(place: typeof made[number]) => number} value */
  const column = (value) => Float64Array.from([0, ...made.map(value)]);
  const shapes = made.flatMap(({ parts }) =>
    parts ? [{ kind: 'area', parts: [Float64Array.from(parts, (pixel) => pixel / VIEW.scale)] }] : []);
  let next = 0;
  const places = {
    x: column(({ x }) => x / VIEW.scale),
    y: column(({ y }) => y / VIEW.scale),
    extentOf: (/** @type {number} */ place) => (made[place - 1].wide ?? 0) / VIEW.scale,
    vague: column(({ wide, vague = wide ? 1 : 0 }) => vague),
    shape: column(({ parts }) => (parts ? ++next : 0)),
  };
  const groups = made.map(({ x, y, count = 1 }, i) => ({
    x, y, count, vague: places.vague[i + 1] ? count : 0, size: 1, places: [i + 1], cells: [], byType: Uint32Array.of(count),
  }));
  return { incidents: { places, shapes }, groups };
}

/** @param {ReturnType<typeof layOut>} layout */
function total({ marks, areas }) {
  return [...marks, ...areas.map(({ group }) => group)].reduce((sum, { count }) => sum + count, 0);
}

/** @param {ReturnType<typeof layOut>} layout */
function assertApart({ marks, areas, boxes }) {
  for (const [i, { box }] of areas.entries()) {
    for (const other of areas.slice(i + 1)) assert.ok(!overlaps(box, other.box), 'two labels overlap');
  }
  assert.equal(boxes.length, marks.length + areas.length);
  for (const [i, mark] of marks.entries()) {
    for (const other of marks.slice(i + 1)) {
      const apart = Math.hypot(mark.x - other.x, mark.y - other.y);
      assert.ok(apart >= markReach(mark) + markReach(other) - 1e-9, 'two marks overlap');
    }
    for (const { box } of areas) assert.ok(!overlaps(boxes[i], box), 'a label covers a mark');
  }
}

/** A grid of areas of one size that overlap. @param {number} count @param {number} wide */
const grid = (count, wide) =>
  Array.from({ length: count }, (_, i) => ({ x: 100 + (i % 20) * 40, y: 100 + Math.floor(i / 20) * 40, wide, count: 3 }));

test('few areas are all drawn, their labels within them and apart', () => {
  const made = [...grid(20, 120), { x: 300, y: 120, count: 50 }];
  const { incidents, groups } = scene(made);
  const layout = layOut(incidents, groups, VIEW);
  assert.equal(total(layout), 110);
  assert.ok(layout.areas.length >= 15, String(layout.areas.length));
  assertApart(layout);
  for (const { group, box } of layout.areas) {
    const away = Math.hypot((box[0] + box[2]) / 2 - group.x, (box[1] + box[3]) / 2 - group.y);
    assert.ok(away <= 60, String(away));
  }
});

test('many areas are joined into marks that tell their share', () => {
  const { incidents, groups } = scene([...grid(200, 120), { x: 105, y: 102, count: 9 }]);
  const layout = layOut(incidents, groups, VIEW);
  assert.equal(layout.areas.length, 0);
  assert.equal(total(layout), 609);
  assert.equal(layout.marks.reduce((sum, { vague }) => sum + vague, 0), 600);
  assertApart(layout);
});

test('of many areas the largest few stay areas', () => {
  const large = [250, 500, 750].map((x) => ({ x, y: 600, wide: 240, count: 7 }));
  const { incidents, groups } = scene([...grid(MOST_AREAS + 60, 60), ...large]);
  const layout = layOut(incidents, groups, VIEW);
  assert.deepEqual(layout.areas.map(({ group }) => group.count), [7, 7, 7]);
  assert.equal(total(layout), 3 * (MOST_AREAS + 60) + 21);
  assertApart(layout);
});

test('a country has a label of its own, however many areas there are', () => {
  const { incidents, groups } = scene([...grid(200, 120), { x: 400, y: 300, wide: 700, vague: 2, count: 254 }]);
  const layout = layOut(incidents, groups, VIEW);
  assert.deepEqual(layout.areas.map(({ group }) => group.count), [254]);
  assert.equal(total(layout), 854);
  assertApart(layout);
});

test('an area too small to see is a mark that is known to be vague', () => {
  const { incidents, groups } = scene([{ x: 100, y: 100, wide: 20 }]);
  const { marks, areas } = layOut(incidents, groups, VIEW);
  assert.deepEqual([marks.length, marks[0].vague, areas.length], [1, 1, 0]);
});

test('a label never stands in the bay of an area', () => {
  // A U open to the top, its mark in the bottom bar.
  const parts = [0, 0, 100, 0, 100, 200, 200, 200, 200, 0, 300, 0, 300, 300, 0, 300, 0, 0];
  const { incidents } = scene([{ x: 150, y: 250, wide: 300, parts }]);
  const inPixels = (/** @type {number} */ x, /** @type {number} */ y) =>
    isWithin(incidents, 1, (x - 150) / VIEW.scale, (y - 250) / VIEW.scale);
  assert.equal(inPixels(150, 100), false);
  assert.equal(inPixels(50, 100), true);
  assert.equal(inPixels(150, 280), true);
  assert.equal(inPixels(350, 100), false);
});
