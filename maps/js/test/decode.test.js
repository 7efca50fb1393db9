import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { joinPlanes, openPayload, readPayload, sumSteps } from '../src/decode.js';

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
  const { header, columns } = readPayload(payloadBytes({ version: 1, columns: COLUMNS, title: 'x' }, BODY));
  assert.equal(header.title, 'x');
  assert.deepEqual([...columns.type], [0, 1, 2]);
  assert.deepEqual([...columns.day], [-5, -4, 252]);
  assert.deepEqual([...columns.lon], [100, 98]);
  assert.deepEqual([...columns.year], [1967]);
});

test('a payload of another version, cut short or too long is refused', () => {
  const header = { version: 1, columns: COLUMNS };
  assert.throws(() => readPayload(payloadBytes({ ...header, version: 9 }, BODY)), /version 9/);
  assert.throws(() => readPayload(payloadBytes(header, BODY.slice(1))), /should hold/);
  assert.throws(() => readPayload(payloadBytes(header, [...BODY, 0])), /should hold/);
  assert.throws(() => readPayload(new Uint8Array(2)), /end before/);
});

test('a stream with a flipped byte or a missing end is refused', async () => {
  const packed = deflateSync(payloadBytes({ version: 1, columns: COLUMNS }, BODY));
  const { columns } = await openPayload(packed.toString('base64'));
  assert.deepEqual([...columns.type], [0, 1, 2]);
  const flipped = Buffer.from(packed);
  flipped[flipped.length - 1] ^= 1;
  await assert.rejects(openPayload(flipped.toString('base64')));
  await assert.rejects(openPayload(packed.subarray(0, -6).toString('base64')));
});
