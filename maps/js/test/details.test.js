import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { FORMAT_VERSION } from '../src/decode.js';
import { openDetails } from '../src/details.js';

/**
 * A line of the details as the Python side writes it.
 * @param {object} header
 * @param {number[]} [body]
 */
function line(header, body = []) {
  const head = new TextEncoder().encode(JSON.stringify({ version: FORMAT_VERSION, ...header }));
  const length = [head.length & 255, head.length >> 8, 0, 0];
  return deflateSync(Uint8Array.from([...length, ...head, ...body])).toString('base64');
}

const KEYS = ['id', 'place_id', 'evidence', 'claims', 'fatalities_low', 'fatalities_best', 'x0'];
const SHARED = line(
  {
    count: 3,
    blocks: 2,
    keys: KEYS,
    extra: { x0: 'camp' },
    tables: { place_id: ['', 'geonames:1'], x0: ['A'] },
    parsed: ['claims'],
    long: ['evidence', 'claims'],
    columns: [
      { name: 'place_id@values', length: 3, bytes: 1, encoding: 'plane', base: 0 },
      { name: 'place_id@rows', length: 1, bytes: 1, encoding: 'delta', base: 2 },
      { name: 'place_id', length: 3, bytes: 0, encoding: 'lookup', through: '/place' },
      { name: 'x0', length: 3, bytes: 0, encoding: 'constant', base: 0 },
    ],
  },
  [0, 1, 0, 0],
);
const COUNTS = [
  { name: 'fatalities_low', length: 2, bytes: 1, encoding: 'plane', base: 0 },
  { name: 'fatalities_best', length: 2, bytes: 1, encoding: 'plane', base: 0 },
];
const FIRST = line(
  {
    texts: { id: 'a\0b' },
    same: true,
    words: 'in shelling the town \0 [{"evidence":"\x01"}] ',
    columns: [{ name: ' words', length: 10, bytes: 1, encoding: 'plane', base: 0 }, ...COUNTS],
  },
  [1, 0, 2, 3, 4, 5, 4, 6, 4, 6, 0, 1, 0, 5],
);
const SECOND = line({ texts: { id: 'c' }, same: false, long: ['a\0b', '["\\u0001"]'], columns: [] });
const TEXT = [SHARED, FIRST, SECOND].join('\n');
const PAGE = { place: Uint8Array.of(0, 1, 1) };

test('details are put together from what blocks share, codes, words and texts', async () => {
  const details = openDetails(TEXT, 2, PAGE);
  assert.deepEqual(await details.read(0), {
    id: 'a',
    evidence: 'shelling in the town',
    claims: [{ evidence: 'shelling in the town' }],
    extra: { camp: 'A' },
  });
  assert.deepEqual(await details.read(1), {
    id: 'b',
    place_id: 'geonames:1',
    fatalities: [0, 4, null],
    extra: { camp: 'A' },
  });
  const last = { id: 'c', evidence: 'a\0b', claims: ['\x01'], extra: { camp: 'A' } };
  assert.deepEqual(await details.readBlock(2), [last]);
});

test('texts that end too soon or are damaged are refused', async () => {
  await assert.rejects(openDetails([SHARED, FIRST].join('\n'), 2, PAGE).read(2), /end before/);
  await assert.rejects(openDetails(TEXT.slice(0, -9), 2, PAGE).read(2));
  await assert.rejects(openDetails('', 2, PAGE).read(0));
});

test('a column of any name is kept', async () => {
  const shared = line({
    count: 1, blocks: 0, keys: ['x0', 'x1'], extra: { x0: '__proto__', x1: 'constructor' },
    tables: { x0: ['A'], x1: ['B'] }, parsed: [], long: [],
    columns: ['x0', 'x1'].map((name) => ({ name, length: 1, bytes: 0, encoding: 'constant', base: 0 })),
  });
  const { extra = {} } = await openDetails(shared, 2, {}).read(0);
  assert.deepEqual(Object.entries(extra), [['__proto__', 'A'], ['constructor', 'B']]);
});
