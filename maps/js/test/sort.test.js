import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barHeight, follow, MOST_PX, offsetAt, topFor } from '../src/scroll.js';
import { keyOfNumbers, makeSorter, pickRows, placesWithin, rankTexts, sortByKey } from '../src/sort.js';

/** Five incidents in order of date, the last without one. */
const incidents = /** @type {import('../src/incidents.js').Incidents} */ (
  /** @type {unknown} */ ({
    count: 5,
    dated: 4,
    columns: {
      place: Uint8Array.of(1, 2, 3, 2, 4),
      name: Uint8Array.of(2, 1, 0, 1, 3),
      written: Uint8Array.of(0, 0, 0, 0, 0),
      admin1: Uint8Array.of(1, 2, 2, 1, 0),
      country: Uint8Array.of(1, 1, 1, 1, 1),
      type: Uint8Array.of(1, 0, 0, 1, 0),
      sub_type: Uint8Array.of(0, 2, 1, 0, 1),
      precision: Uint8Array.of(1, 0, 2, 0, 1),
      deaths: Uint16Array.of(0, 3, 301, 1, 3),
      source: Uint8Array.of(0, 1, 1, 0, 2),
    },
    tables: {
      name: ['', 'Élan', 'Zobar', 'élan 10'],
      written: [''],
      admin1: ['', 'Aleppo', 'Idlib'],
      country: ['', 'Syria'],
      type: ['Battles', 'Attacks'],
      sub_type: ['', 'Clash', 'Air strike'],
      precision: ['settlement', 'region', 'not located'],
      source: ['', 'Zed', 'Ant'],
    },
  })
);

/** @type {[import('../src/sort.js').SortBy, boolean, number[]][]} */
const ORDERS = [
  ['date', false, [0, 1, 2, 3, 4]],
  ['date', true, [3, 2, 1, 0, 4]],
  ['deaths', false, [3, 1, 4, 2, 0]],
  ['deaths', true, [2, 1, 4, 3, 0]],
  ['place', false, [3, 1, 4, 2, 0]], // the third has no name and is seen as Idlib
  ['place', true, [0, 2, 4, 1, 3]],
  ['precision', false, [1, 3, 0, 4, 2]],
  ['source', false, [4, 1, 2, 0, 3]],
  ['type', false, [0, 3, 1, 2, 4]],
];

for (const [by, down, order] of ORDERS) {
  test(`sorted by ${by}${down ? ', highest first' : ''}`, () => {
    assert.deepEqual([...makeSorter(incidents)(by, down)], order);
  });
}

test('places are sorted by what is seen of them, those of none come last', () => {
  const { columns, tables } = incidents;
  const others = {
    ...incidents,
    columns: { ...columns, place: Uint8Array.of(1, 0, 3, 2, 0), written: Uint8Array.of(0, 0, 1, 0, 1) },
    tables: { ...tables, written: ['', 'Mill'] },
  };
  assert.deepEqual([...makeSorter(others)('place', false)], [3, 2, 0, 1, 4]);
});

test('sorting agrees with a plain stable sort, whatever the numbers', () => {
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  for (const most of [3, 300, 3e9]) {
    const numbers = Uint32Array.from({ length: 400 }, () => Math.floor(random() * most));
    const rows = Uint32Array.from(numbers, (_, row) => row);
    for (const down of [false, true]) {
      const plain = [...rows].sort((a, b) => {
        if (!numbers[a] || !numbers[b]) return Number(!numbers[a]) - Number(!numbers[b]);
        return down ? numbers[b] - numbers[a] : numbers[a] - numbers[b];
      });
      assert.deepEqual([...sortByKey(rows, keyOfNumbers(numbers), down)], plain);
    }
  }
});

test('texts are ranked as in a dictionary, empty ones not at all', () => {
  assert.deepEqual([...rankTexts(['', 'b', 'Ä', 'a 10', 'a 9'])], [0, 4, 1, 3, 2]);
});

test('rows are picked that pass, and that lie at the places wanted', () => {
  const failures = Uint16Array.of(0, 4, 0, 0);
  const place = Uint8Array.of(1, 1, 2, 0);
  assert.deepEqual([...pickRows(Uint32Array.of(3, 2, 1, 0), failures, place)], [3, 2, 0]);
  assert.deepEqual([...pickRows(Uint32Array.of(3, 2, 1, 0), failures, place, Uint8Array.of(0, 1, 0))], [0]);
});

test('places reach into a window, over the edge of the world too', () => {
  const places = {
    x: Float64Array.of(0, 0.5, 0.98, 0.02, 0.3),
    y: Float64Array.of(0, 0.5, 0.5, 0.5, 0.5),
    wide: Uint8Array.of(0, 0, 0, 0, 1),
    reachOf: () => 0.3,
  };
  const window = { north: 0.4, south: 0.6 };
  assert.deepEqual([...placesWithin(places, { ...window, west: 0.4, east: 0.6 })], [0, 1, 0, 0, 1]);
  assert.deepEqual([...placesWithin(places, { ...window, west: 0.95, east: 1.05 })], [0, 0, 1, 1, 0]);
  assert.deepEqual([...placesWithin(places, { ...window, west: -0.05, east: 0.05 })], [0, 0, 1, 1, 0]);
  assert.deepEqual([...placesWithin(places, { west: 0, east: 1, north: 0, south: 0.1 })], [0, 0, 0, 0, 0]);
});

const SHORT = { rows: 100, rowPx: 30, shownPx: 300 };
const LONG = { rows: 1_000_000, rowPx: 50, shownPx: 400 };

test('a list that can be as high as its rows is scrolled as it is', () => {
  assert.equal(barHeight(SHORT), 3000);
  assert.deepEqual(follow({ top: 0, bar: 0 }, 1234, SHORT), { top: 1234, bar: 1234 });
  assert.deepEqual(offsetAt(99_999, SHORT), { top: 2700, bar: 2700 });
  assert.deepEqual(offsetAt(50, { ...SHORT, rows: 3 }), { top: 0, bar: 0 });
});

test('of a million rows every one can be reached, a wheel turns by rows and the bar by shares', () => {
  assert.equal(barHeight(LONG), MOST_PX);
  const last = LONG.rows * LONG.rowPx - LONG.shownPx;
  assert.equal(follow({ top: 0, bar: 0 }, MOST_PX - LONG.shownPx, LONG).top, last);
  const middle = offsetAt(25_000_000, LONG);
  assert.equal(follow(middle, middle.bar + 100, LONG).top, 25_000_100);
  assert.equal(follow(middle, middle.bar - 100, LONG).top, 24_999_900);
  for (const top of [0, 50, 7_654_321, last]) assert.equal(offsetAt(top, LONG).top, top);
});

test('a row is brought into sight by the shortest way', () => {
  assert.equal(topFor(5, 100, SHORT), 100);
  assert.equal(topFor(0, 100, SHORT), 0);
  assert.equal(topFor(20, 100, SHORT), 330);
});
