import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFilters, countFacet, countShown } from '../src/filters.js';

const DAYS = {
  start: Int32Array.from([0, 5, 9, 9]),
  end: Int32Array.from([0, 8, 9, 9]),
  dated: 3,
};

function makeFilters() {
  const type = { column: 'type', codes: Uint8Array.from([0, 1, 1, 0]), sets: undefined, passes: Uint8Array.from([1, 1]) };
  const sure = { column: 'precision', codes: Uint8Array.from([0, 0, 1, 2]), sets: undefined, passes: Uint8Array.from([1, 1, 1]) };
  return { facets: [type, sure], time: { first: -Infinity, last: Infinity, undated: true }, rows: undefined };
}

/** @param {import('../src/filters.js').Filters} filters */
function apply(filters) {
  const failures = new Uint16Array(4).fill(3 + 4 * (2 ** filters.facets.length - 1));
  applyFilters(filters, DAYS, failures);
  return failures;
}

test('a row of several entries passes where one of them does', () => {
  const sets = [[], [0], [0, 1]];
  const facet = { column: 'actor', codes: Uint8Array.from([0, 1, 2, 2]), sets, passes: Uint8Array.from([1, 0]) };
  const filters = { ...makeFilters(), facets: [facet] };
  const failures = apply(filters);
  assert.deepEqual([...failures], [4, 0, 0, 0]);
  assert.deepEqual([...countFacet(facet, 0, failures)], [3, 2]);
});

test('only the filter that has changed is marked anew', () => {
  const filters = makeFilters();
  const failures = apply(filters);
  filters.facets[0].passes[1] = 0;
  filters.time.undated = false;
  applyFilters(filters, DAYS, failures, 'time');
  assert.deepEqual([...failures], [0, 0, 0, 1]);
  applyFilters(filters, DAYS, failures, 0);
  assert.deepEqual([...failures], [0, 4, 4, 1]);
});

test('a search passes the rows it found', () => {
  const filters = { ...makeFilters(), rows: Uint8Array.from([0, 1, 0, 0]) };
  assert.deepEqual([...apply(filters)], [2, 0, 2, 2]);
});

test('open filters pass every row', () => {
  assert.deepEqual([...apply(makeFilters())], [0, 0, 0, 0]);
});

test('a span of days passes where it touches the range', () => {
  const filters = makeFilters();
  Object.assign(filters.time, { first: 7, last: 8 });
  assert.deepEqual([...apply(filters)], [1, 0, 1, 0]);
  filters.time.undated = false;
  assert.deepEqual([...apply(filters)], [1, 0, 1, 1]);
});

test('counts of a facet follow the other filters, not its own', () => {
  const filters = makeFilters();
  filters.facets[0].passes[1] = 0;
  filters.facets[1].passes[2] = 0;
  const failures = apply(filters);
  assert.deepEqual([...failures], [0, 4, 4, 8]);
  assert.deepEqual([...countFacet(filters.facets[0], 0, failures)], [1, 2]);
  assert.deepEqual([...countFacet(filters.facets[1], 1, failures)], [1, 0, 1]);
});

test('totals count the located and the undated among the shown', () => {
  const failures = Uint16Array.from([0, 2, 0, 0]);
  assert.deepEqual(countShown(failures, Uint8Array.from([1, 1, 0, 3]), 3), { shown: 3, located: 2, undated: 1 });
});
