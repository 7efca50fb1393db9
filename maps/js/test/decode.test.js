import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { FORMAT_VERSION, joinPlanes, lookUp, openPayload, readPayload, sumSteps } from '../src/decode.js';

/**
 * A payload as the Python side writes it.
 * @param {object} header
 * @param {number[]} body
 */
function payloadBytes(header, body) {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const length = [head.length & 255, head.length >> 8, 0, 0];
  return Uint8Array.from([...length, ...head, ...body]);
}

const COLUMNS = [
  { name: 'type', length: 3, bytes: 1, encoding: 'plane', base: 0 },
  { name: 'day', length: 3, bytes: 2, encoding: 'delta', base: -5 },
  { name: 'lon', length: 2, bytes: 1, encoding: 'zigzag', base: 100 },
  { name: 'year', length: 1, bytes: 1, encoding: 'plane', base: 1950 },
];
const BODY = [0, 1, 2, 0, 1, 0, 0, 0, 1, 0, 3, 17];

test('byte planes are joined lowest byte first', () => {
  assert.deepEqual([...joinPlanes(Uint8Array.from([9, 1, 2, 0, 1]), 1, 2, 2)], [1, 258]);
  assert.deepEqual([...joinPlanes(Uint8Array.from([255, 255, 255, 255]), 0, 1, 4)], [0xffffffff]);
});

test('steps add up, zigzag steps to both sides', () => {
  assert.deepEqual([...sumSteps([0, 2, 0, 5], -3, false)], [-3, -1, -1, 4]);
  assert.deepEqual([...sumSteps([0, 1, 2, 3], 10, true)], [10, 9, 10, 8]);
});

test('a payload gives its header and columns', () => {
  const { header, columns } = readPayload(payloadBytes({ version: FORMAT_VERSION, columns: COLUMNS, title: 'x' }, BODY));
  assert.equal(header.title, 'x');
  assert.deepEqual([...columns.type], [0, 1, 2]);
  assert.deepEqual([...columns.day], [-5, -4, 252]);
  assert.deepEqual([...columns.lon], [100, 98]);
  assert.deepEqual([...columns.year], [1967]);
});

test('a payload of another version, cut short or too long is refused', () => {
  const header = { version: FORMAT_VERSION, columns: COLUMNS };
  assert.throws(() => readPayload(payloadBytes({ ...header, version: 9 }, BODY)), /version 9/);
  assert.throws(() => readPayload(payloadBytes(header, BODY.slice(1))), /should hold/);
  assert.throws(() => readPayload(payloadBytes(header, [...BODY, 0])), /should hold/);
  assert.throws(() => readPayload(new Uint8Array(2)), /end before/);
});

test('a stream with a flipped byte or a missing end is refused', async () => {
  const packed = deflateSync(payloadBytes({ version: FORMAT_VERSION, columns: COLUMNS }, BODY));
  const { columns } = await openPayload(packed.toString('base64'));
  assert.deepEqual([...columns.type], [0, 1, 2]);
  const flipped = Buffer.from(packed);
  flipped[flipped.length - 1] ^= 1;
  await assert.rejects(openPayload(flipped.toString('base64')));
  await assert.rejects(openPayload(packed.subarray(0, -6).toString('base64')));
});

test('a column of one value takes no bytes and still is a typed array', () => {
  const constant = (/** @type {number} */ base) => ({ name: `c${base}`, length: 3, bytes: 0, encoding: 'constant', base });
  const header = { version: FORMAT_VERSION, columns: [constant(0), constant(300), constant(-1)] };
  const { columns } = readPayload(payloadBytes(header, []));
  assert.deepEqual(columns.c0, new Uint8Array(3));
  assert.deepEqual(columns.c300, Uint16Array.of(300, 300, 300));
  assert.deepEqual(columns['c-1'], Int32Array.of(-1, -1, -1));
});

test('a column that follows from another one has its table and its exceptions', () => {
  const header = {
    version: FORMAT_VERSION,
    columns: [
      { name: 'place', length: 5, bytes: 1, encoding: 'plane', base: 0 },
      { name: 'admin1@values', length: 4, bytes: 1, encoding: 'plane', base: 0 },
      { name: 'admin1@rows', length: 1, bytes: 1, encoding: 'delta', base: 3 },
      { name: 'admin1', length: 5, bytes: 0, encoding: 'lookup', through: 'place' },
    ],
  };
  const { columns } = readPayload(payloadBytes(header, [0, 1, 2, 1, 1, 7, 8, 9, 5, 0]));
  assert.deepEqual(columns.admin1, Uint8Array.of(7, 8, 9, 5, 8));
  assert.deepEqual(lookUp(Uint8Array.of(1, 1), Uint8Array.of(7, 8, 9, 5), Uint8Array.of(3), 3), Uint8Array.of(5, 8));
});

test('a column is decoded once, and two planes in the place where they lie', () => {
  const spec = { name: 'a', length: 2, bytes: 2, encoding: 'plane', base: 0 };
  const head = JSON.stringify({ version: FORMAT_VERSION, columns: [spec] });
  const bytes = payloadBytes({ version: FORMAT_VERSION, columns: [spec] }, [1, 2, 3, 4]);
  const { columns } = readPayload(bytes);
  assert.deepEqual([...columns.a], [0x301, 0x402]);
  assert.equal(columns.a, columns.a);
  assert.equal(columns.a.buffer === bytes.buffer, head.length % 2 === 0);
});
