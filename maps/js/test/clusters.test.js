import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countPlaces, groupByPlace, joinByCell, joinTouching, mainType, shortCount, wrapPixel,
} from '../src/clusters.js';

const VIEW = { scale: 1024, left: 0, top: 0, width: 1024, height: 1024, zoom: 2 };
const POINTS = {
  x: Float64Array.from([0, 0.1, 0.11, 0.9]),
  y: Float64Array.from([0, 0.5, 0.5, 0.5]),
  place: Uint8Array.from([1, 1, 2, 3, 0]),
  type: Uint8Array.from([0, 1, 1, 1, 0]),
  types: 2,
  vague: Uint8Array.from([0, 0, 1, 0]),
  reach: Float64Array.from([0, 0, 0.02, 0]),
};

/** @param {import('../src/clusters.js').Group[]} groups */
const total = (groups) => groups.reduce((sum, group) => sum + group.count, 0);

test('rows are counted by place and type, those filtered out are not', () => {
  assert.deepEqual([...countPlaces(POINTS, new Uint16Array(5))], [1, 0, 1, 1, 0, 1, 0, 1]);
  assert.deepEqual([...countPlaces(POINTS, Uint16Array.from([1, 0, 0, 0, 0]))], [1, 0, 0, 1, 0, 1, 0, 1]);
});

test('each place in the window is a group; a row without a place is in none', () => {
  const groups = groupByPlace(POINTS, countPlaces(POINTS, new Uint16Array(5)), VIEW, 0);
  assert.deepEqual(groups.map(({ count }) => count), [2, 1, 1]);
  const narrow = { ...VIEW, width: 200 };
  assert.equal(groupByPlace(POINTS, countPlaces(POINTS, new Uint16Array(5)), narrow, 0).length, 2);
});

test('joining loses no incident and keeps the mean', () => {
  const groups = groupByPlace(POINTS, countPlaces(POINTS, new Uint16Array(5)), VIEW, 0);
  const cells = joinByCell(groups, VIEW, 64);
  assert.equal(total(cells), 4);
  const touching = joinTouching(groups, () => 8);
  assert.equal(total(touching), 4);
  assert.equal(touching.length, 2);
  assert.deepEqual(touching.map(({ vague }) => vague), [1, 0]);
  assert.deepEqual(touching[0].places, [1, 2]);
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
