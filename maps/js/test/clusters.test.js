import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinByCell, joinTouching, mainType, shortCount, wrapPixel } from '../src/clusters.js';

const VIEW = { scale: 1024, left: 0, top: 0, width: 1024, height: 1024, zoom: 2 };

function makeGroups() {
  return [[102.4, 2, 0], [112.64, 1, 1], [921.6, 1, 0]].map(([x, count, vague], index) => ({
    x, y: 512, count, vague, size: 1, places: [index + 1], cells: [], byType: Uint32Array.of(count, 0),
  }));
}

/** @param {import('../src/clusters.js').Group[]} groups */
const total = (groups) => groups.reduce((sum, { count }) => sum + count, 0);

test('joining loses no incident and keeps the mean', () => {
  const groups = makeGroups();
  const cells = joinByCell(groups, VIEW, 64);
  assert.equal(total(cells), 4);
  const touching = joinTouching(groups, () => 8);
  assert.equal(total(touching), 4);
  assert.equal(touching.length, 2);
  assert.deepEqual(touching.map(({ vague }) => vague), [1, 0]);
  assert.deepEqual(touching[0].places, [1, 2]);
  assert.deepEqual([touching[0].size, [...touching[0].byType]], [2, [3, 0]]);
  assert.ok(Math.abs(touching[0].x - (2 * 102.4 + 112.64) / 3) < 1e-9);
  assert.deepEqual(groups[0].places, [1]);
});

test('a place beyond the antimeridian is drawn in the copy that the window shows', () => {
  const view = { ...VIEW, left: 900, width: 300 };
  assert.equal(wrapPixel(0.01, view), 1034.24 - 900);
  assert.equal(wrapPixel(0.99, view), 1013.76 - 900);
});

test('the main type is the most frequent, the first of equals', () => {
  assert.equal(mainType([1, 3, 3]), 1);
});

test('counts are short enough for a mark', () => {
  const cases = { 1: '1', 999: '999', 1000: '1.0k', 9949: '9.9k', 9950: '10k', 20_000: '20k' };
  for (const [count, text] of Object.entries(cases)) assert.equal(shortCount(Number(count)), text);
});
