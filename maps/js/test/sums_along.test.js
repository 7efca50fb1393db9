import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sumAlong } from '../src/sums_along.js';

for (const [count, size] of [[0, 2], [1, 2], [5000, 3], [100_000, 2], [40_000, 40_000]]) {
  test(`the sums of any range of ${count} rows are those of adding its rows`, () => {
    /** @param {Float64Array} sums @param {number} from @param {number} to @param {number} sign */
    const add = (sums, from, to, sign) => {
      for (let row = from; row < to; row++) sums[(row * 7919) % size] += sign * (row % 13);
    };
    const write = sumAlong(count, size, add);
    const [found, wanted] = [new Float64Array(size), new Float64Array(size)];
    for (const [low, high] of [[0, 1], [0, 0.5], [0.3, 0.31], [0.97, 1], [0.5, 0.5], [0.8, 0.2]]) {
      const [from, to] = [Math.round(low * count), Math.round(high * count)];
      write(found, from, to);
      wanted.fill(0);
      if (to > from) add(wanted, from, to, 1);
      assert.deepEqual(found, wanted);
    }
  });
}
