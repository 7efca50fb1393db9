import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeKept } from '../src/kept.js';

test('parts are kept in the order in which they came', () => {
  const kept = makeKept();
  for (const key of ['b', 'a']) kept.add({ key, get: () => '', set: () => {} });
  assert.deepEqual(kept.parts().map(({ key }) => key), ['b', 'a']);
});

test('a key that two parts claim is an error at once, not a link that loses one', () => {
  const kept = makeKept();
  kept.add({ key: 'a', get: () => '', set: () => {} });
  assert.throws(() => kept.add({ key: 'a', get: () => '', set: () => {} }), /“a”/);
});

test('everybody who listens hears of a change', () => {
  const kept = makeKept();
  /** @type {number[]} */
  const heard = [];
  kept.onTouched(() => heard.push(1));
  kept.onTouched(() => heard.push(2));
  kept.touched();
  assert.deepEqual(heard, [1, 2]);
});
