import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countBins } from '../src/dates.js';
import { TIME_BIT, countCodes, countFacet, facetBit, passesOfCodes } from '../src/filters.js';
import { makeTally } from '../src/running_counts.js';

const ROWS = {
  start: Int32Array.from([0, 5, 9, 9]),
  end: Int32Array.from([0, 8, 9, 9]),
  dated: 3,
  columns: { place: Uint8Array.from([1, 1, 0, 3]), type: Uint8Array.from([0, 1, 1, 0]) },
};

function makeFilters() {
  const type = { column: 'type', codes: Uint8Array.from([0, 1, 1, 0]), sets: undefined, passes: Uint8Array.from([1, 1]) };
  const sure = { column: 'precision', codes: Uint8Array.from([0, 0, 1, 2]), sets: undefined, passes: Uint8Array.from([1, 1, 1]) };
  return {
    facets: [type, sure],
    time: { first: -Infinity, last: Infinity, undated: true },
    rows: /** @type {Uint8Array | undefined} */ (undefined),
  };
}

/** @param {import('../src/filters.js').Filters} filters */
function follow(filters) {
  const failures = new Uint16Array(4);
  const tally = makeTally(ROWS, { places: 4, types: 2 }, filters, failures);
  return { failures, tally };
}

test('a row of several entries passes where one of them does', () => {
  const sets = [[], [0], [0, 1]];
  const facet = { column: 'actor', codes: Uint8Array.from([0, 1, 2, 2]), sets, passes: Uint8Array.from([1, 0]) };
  const { failures, tally } = follow({ ...makeFilters(), facets: [facet] });
  tally.apply();
  assert.deepEqual([...failures], [4, 0, 0, 0]);
  assert.deepEqual([...countFacet(facet, 0, failures)], [3, 2]);
});

test('only the filter that has changed is marked anew', () => {
  const filters = makeFilters();
  const { failures, tally } = follow(filters);
  filters.facets[0].passes[1] = 0;
  filters.time.undated = false;
  tally.apply('time');
  assert.deepEqual([...failures], [0, 0, 0, 1]);
  tally.apply(0);
  assert.deepEqual([...failures], [0, 4, 4, 1]);
});

test('a search passes the rows it found, and all rows when it ends', () => {
  const filters = makeFilters();
  const { failures, tally } = follow(filters);
  filters.rows = Uint8Array.from([0, 1, 0, 0]);
  tally.apply('rows');
  assert.deepEqual([...failures], [2, 0, 2, 2]);
  filters.rows = undefined;
  tally.apply();
  assert.deepEqual([...failures], [0, 0, 0, 0]);
});

test('a span of days passes where it touches the range', () => {
  const filters = makeFilters();
  const { failures, tally } = follow(filters);
  Object.assign(filters.time, { first: 7, last: 8 });
  tally.apply('time');
  assert.deepEqual([...failures], [1, 0, 1, 0]);
  filters.time.undated = false;
  tally.apply('time');
  assert.deepEqual([...failures], [1, 0, 1, 1]);
});

test('counts of a facet follow the other filters, not its own', () => {
  const filters = makeFilters();
  const { failures, tally } = follow(filters);
  filters.facets[0].passes[1] = 0;
  filters.facets[1].passes[2] = 0;
  tally.apply();
  assert.deepEqual([...failures], [0, 4, 4, 8]);
  assert.deepEqual([...countFacet(filters.facets[0], 0, failures)], [1, 2]);
  assert.deepEqual([...countFacet(filters.facets[1], 1, failures)], [1, 0, 1]);
});

test('totals count the located and the undated among the shown', () => {
  const filters = makeFilters();
  const { tally } = follow(filters);
  assert.deepEqual(tally.totals, { shown: 4, located: 3, undated: 1 });
  filters.facets[0].passes[0] = 0;
  tally.apply(0);
  assert.deepEqual(tally.totals, { shown: 2, located: 1, undated: 0 });
  assert.deepEqual([...tally.places], [1, 1, 0, 0]);
});

/** A generator of whole numbers below a bound, the same in every run. */
function makeRandom(seed = 7) {
  let state = seed;
  /** @param {number} below */
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** @param {number} count @param {(row: number) => number} value */
const column = (count, value) => Uint8Array.from({ length: count }, (_, row) => value(row));

for (const [count, many] of /** @type {[number, number][]} */ ([[3000, 9], [24_000, 9], [24_000, 60]])) {
test(`after any changes the counts are those of counting anew: ${count} rows, one of ${many} is long`, () => {
  const random = makeRandom();
  const dated = count - 200;
  const start = Int32Array.from({ length: count }, () => random(400) - 200);
  start.subarray(0, dated).sort();
  const end = start.map((day, row) => (row % many ? day : day + random(60)));
  const columns = { place: column(count, () => random(40)), type: column(count, () => random(3)) };
  const sets = [[0], [1], [0, 2], [3, 1, 2]];
  const filters = {
    facets: [
      { column: 'type', codes: columns.type, sets: undefined, passes: new Uint8Array(3).fill(1) },
      { column: 'actor', codes: column(count, () => random(4)), sets, passes: new Uint8Array(4).fill(1) },
    ],
    time: { first: -Infinity, last: Infinity, undated: true },
    rows: /** @type {Uint8Array | undefined} */ (undefined),
  };
  const failures = new Uint16Array(count);
  const tally = makeTally({ start, end, dated, columns }, { places: 40, types: 3 }, filters, failures);
  const changes = [
    () => (filters.time.first = random(4) ? random(400) - 200 : -Infinity),
    () => (filters.time.last = random(4) ? random(400) - 200 : Infinity),
    () => (filters.time.undated = !filters.time.undated),
    () => (filters.facets[0].passes[random(3)] ^= 1),
    () => (filters.facets[1].passes[random(4)] ^= 1),
    () => (filters.rows = random(2) ? column(count, () => random(2)) : undefined),
  ];
  const whats = /** @type {const} */ (['time', 'time', 'time', 0, 1, 'rows']);
  let most = 0;
  for (let turn = 0; turn < (count > 3000 ? 60 : 300); turn++) {
    const which = random(changes.length);
    changes[which]();
    tally.apply(random(3) ? whats[which] : undefined);
    const { time, rows, facets } = filters;
    const passing = facets.map(passesOfCodes);
    for (let row = 0; row < count; row++) {
      const inTime = row < dated ? start[row] <= time.last && end[row] >= time.first : time.undated;
      let bits = inTime ? 0 : 1;
      if (rows && !rows[row]) bits |= 2;
      facets.forEach((facet, index) => { if (!passing[index][facet.codes[row]]) bits |= facetBit(index); });
      assert.equal(failures[row], bits, `turn ${turn}, row ${row}`);
    }
    const shown = [...failures.keys()].filter((row) => !failures[row]);
    most = Math.max(most, shown.length);
    assert.deepEqual(tally.totals, {
      shown: shown.length,
      located: shown.filter((row) => columns.place[row]).length,
      undated: shown.filter((row) => row >= dated).length,
    });
    const places = new Uint32Array(40);
    const placeTypes = new Uint32Array(120);
    for (const row of shown) {
      places[columns.place[row]]++;
      placeTypes[columns.place[row] * 3 + columns.type[row]]++;
    }
    assert.deepEqual(tally.places, places);
    assert.deepEqual(tally.placeTypes, placeTypes);
    facets.forEach((facet, index) => assert.deepEqual(tally.facets[index], countCodes(facet, index, failures)));
    const starts = [-200, -100, 3, 60, 200];
    const anew = countBins(starts, start, dated, failures.slice(), TIME_BIT);
    assert.deepEqual(countBins(starts, start, dated, failures, TIME_BIT), anew);
  }
  assert.ok(most > 500, String(most));
});
}
