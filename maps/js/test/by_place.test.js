import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesThatFit } from '../src/area_drawing.js';
import { countByPlace, deathsByRow, monthsShown, sumByCode, sumDeaths } from '../src/by_place.js';

/** Five rows: two at place 1, two at place 2, one without a place; the last has no date. */
const incidents = {
  places: { x: new Float64Array(3) },
  columns: { place: Uint8Array.of(1, 1, 2, 2, 0), deaths: Uint8Array.of(4, 0, 1, 0, 3) },
  start: Int32Array.of(0, 10, 20, 59, 59),
  end: Int32Array.of(0, 10, 60, 59, 59),
  dated: 4,
};
/** @param {number[]} failures */
const appWith = (failures, time = { first: -Infinity, last: Infinity }) =>
  /** @type {any} */ ({ incidents, failures: Uint16Array.from(failures), filters: { time } });

test('incidents are counted by place, those filtered out are not', () => {
  assert.deepEqual([...countByPlace(appWith([0, 0, 0, 0, 0]))], [1, 2, 2]);
  assert.deepEqual([...countByPlace(appWith([0, 1, 0, 4, 0]))], [1, 1, 1]);
  assert.deepEqual([...countByPlace(appWith([0, 0, 0, 0, 0]), 4)], [0, 2, 2]);
});

test('no figure is not a 0', () => {
  const columns = { ...incidents.columns, deaths: Uint8Array.of(4, 9, 1, 0, 3) };
  const deaths = deathsByRow(/** @type {any} */ ({ columns }));
  assert.deepEqual([...deaths], [3, 8, 0, -1, 2]);
  const found = sumDeaths(appWith([0, 0, 0, 0, 0]), deaths);
  assert.deepEqual([...found.deaths], [2, 11, 0]);
  assert.deepEqual([...found.unknown], [0, 0, 1]);
});

test('places are summed up by their codes', () => {
  assert.deepEqual([...sumByCode([1, 2, 4], [0, 5, 5], 6)], [1, 0, 0, 0, 0, 6]);
});

test('months are those the filter of time leaves, never less than one', () => {
  assert.equal(monthsShown(appWith([0, 0, 0, 0, 0])).toFixed(3), (61 / (365.2425 / 12)).toFixed(3));
  assert.equal(monthsShown(appWith([0, 0, 0, 0, 0], { first: 5, last: 8 })), 1);
});

test('an area holds its name and number, the number alone, or nothing, as there is room', () => {
  /** @param {string} text */
  const measure = (text) => 7 * text.length;
  assert.deepEqual(linesThatFit('Aleppo', '12', 30, measure).map(({ text }) => text), ['Aleppo', '12']);
  assert.deepEqual(linesThatFit('Aleppo', '12', 8, measure).map(({ text }) => text), ['12']);
  assert.deepEqual(linesThatFit('Aleppo', '12', 4, measure), []);
  assert.deepEqual(linesThatFit('Aleppo', '', 30, measure).map(({ text }) => text), ['Aleppo']);
});
