import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesThatFit } from '../src/area_drawing.js';
import { countByPlace, deathsByRow, sumByCode, sumDeaths, timeShown } from '../src/by_place.js';
import { reachNotes } from '../src/reach.js';

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

test('deaths of incidents that reach beyond the range are told apart, or left out', () => {
  const deaths = Int32Array.of(3, 8, 5, -1, 2);
  // Row 2 goes on from day 20 to 60, row 4 has no date and so no day beyond.
  const app = appWith([1, 1, 0, 0, 0], { first: 30, last: 59 });
  const found = sumDeaths(app, deaths);
  assert.deepEqual([...found.deaths], [2, 0, 5]);
  assert.deepEqual([...found.beyond], [0, 0, 5]);
  assert.deepEqual([...found.beyondCounts], [0, 0, 1]);
  assert.deepEqual([...found.counts], [1, 0, 2]);
  const left = sumDeaths(app, deaths, true);
  assert.deepEqual([...left.deaths], [2, 0, 0]);
  assert.deepEqual([...left.beyond], [0, 0, 5]);
  assert.deepEqual([...left.counts], [1, 0, 1]);
  assert.deepEqual([...left.unknown], [0, 0, 1]);
  // One without a death adds nothing to the sum, and is left out with the others all the same.
  const none = Int32Array.of(3, 8, 0, -1, 2);
  assert.deepEqual([...sumDeaths(app, none).beyondCounts], [0, 0, 0]);
  assert.deepEqual([...sumDeaths(app, none, true).beyondCounts], [0, 0, 1]);
  assert.deepEqual([...sumDeaths(appWith([0, 0, 0, 0, 0]), deaths).beyond], [0, 0, 0]);
});

test('a sum says how many of its deaths are of incidents that reach beyond the range', () => {
  assert.deepEqual(reachNotes(0, 3, false), []);
  assert.match(reachNotes(16780, 12, false)[0], /^16,780 of these deaths are of 12 incidents that reach beyond the range shown\./);
  assert.match(reachNotes(1, 1, false)[0], /^1 of these deaths is of 1 incident that reaches beyond/);
  assert.deepEqual(reachNotes(7, 2, true), ['Left out: 2 incidents that reach beyond the range shown, 7 deaths reported.']);
});

test('places are summed up by their codes', () => {
  assert.deepEqual([...sumByCode([1, 2, 4], [0, 5, 5], 6)], [1, 0, 0, 0, 0, 6]);
});

test('months are those the filter of time leaves, and days short of a month are none', () => {
  const months = (/** @type {any} */ time) => timeShown(appWith([0, 0, 0, 0, 0], time));
  assert.equal(months(undefined).months.toFixed(3), (61 / (365.2425 / 12)).toFixed(3));
  assert.deepEqual(months({ first: 5, last: 8 }), { days: 4, months: 0 });
  assert.deepEqual(months({ first: 5, last: 31 }), { days: 27, months: 0 });
  // February is a month, not 0.9 of one.
  assert.deepEqual(months({ first: 5, last: 32 }), { days: 28, months: 1 });
});

test('an area holds its name and number, the number alone, or nothing, as there is room', () => {
  /** @param {string} text */
  const measure = (text) => 7 * text.length;
  assert.deepEqual(linesThatFit('Aleppo', '12', 30, measure).map(({ text }) => text), ['Aleppo', '12']);
  assert.deepEqual(linesThatFit('Aleppo', '12', 8, measure).map(({ text }) => text), ['12']);
  assert.deepEqual(linesThatFit('Aleppo', '12', 4, measure), []);
  assert.deepEqual(linesThatFit('Aleppo', '', 30, measure).map(({ text }) => text), ['Aleppo']);
});
