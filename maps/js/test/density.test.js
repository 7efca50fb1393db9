import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blur, gather, stepper } from '../src/density.js';

const VIEW = { scale: 1000, left: 0, top: 0, width: 100, height: 60, zoom: 2 };
const PLACES = {
  x: Float64Array.of(0, 0.05, 0.05, 0.02, 0.9, 0.07),
  y: Float64Array.of(0, 0.03, 0.03, 0.01, 0.01, 0.04),
  vague: Uint8Array.of(0, 0, 0, 0, 0, 1),
};

/** @param {Float32Array} values */
const sum = (values) => values.reduce((a, b) => a + b, 0);

test('cells hold the incidents of the points in the window, not those of areas', () => {
  const { values, columns, rows } = gather(PLACES, Uint32Array.of(9, 4, 3, 1, 5, 8), VIEW);
  assert.deepEqual([columns, rows], [56, 36]);
  assert.equal(sum(values), 8);
  assert.equal(values[(15 + 3) * 56 + 25 + 3], 7);
  assert.equal(values[(5 + 3) * 56 + 10 + 3], 1);
});

test('a place in another copy of the world is found', () => {
  const beyond = { ...VIEW, left: 2000 };
  assert.equal(sum(gather(PLACES, Uint32Array.of(9, 4, 3, 1, 5, 8), beyond).values), 8);
});

test('one incident is 1 in its own cell and alike all round', () => {
  const values = new Float32Array(20 * 20);
  values[10 * 20 + 10] = 1;
  const { values: spread } = blur({ values, columns: 20, rows: 20 });
  /** @param {number} dx @param {number} dy */
  const at = (dx, dy) => spread[(10 + dy) * 20 + 10 + dx];
  assert.equal(at(0, 0), 1);
  for (const [dx, dy] of [[1, 0], [2, 1], [3, 2]]) {
    assert.ok(at(dx, dy) > 0 && at(dx, dy) < 1);
    for (const other of [at(-dx, dy), at(dx, -dy), at(dy, dx)]) assert.ok(Math.abs(other - at(dx, dy)) < 1e-6);
  }
  assert.equal(at(4, 0), 0);
});

test('steps of the ramp follow the logarithm', () => {
  const values = Float32Array.of(0.3, 1, 10, 100, 1000);
  const stepOf = stepper(values, 1000);
  const steps = [0, 1, 2, 3, 4].map(stepOf);
  assert.deepEqual([steps[0], steps[1], steps[4]], [0, 0, 255]);
  assert.ok(Math.abs(steps[2] - 85) <= 4 && Math.abs(steps[3] - 170) <= 4, String(steps));
  assert.equal(stepper(Float32Array.of(1), 1)(0), 0);
});
