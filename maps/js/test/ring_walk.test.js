import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toX, toY } from '../src/project.js';
import { walkRings } from '../src/ring_walk.js';

/** Two squares side by side, and both as one: the border between them is the first arc. */
const SQUARES = {
  start_x: Int32Array.of(4, 4, 4),
  start_y: Int32Array.of(0, 0, 0),
  ring_turns: Uint8Array.of(2, 2, 2),
  turn: Uint8Array.of(0, 0, 2, 0, 2, 1),
  arc_steps: Uint8Array.of(1, 3, 3),
  step_x: Int32Array.of(0, -4, -4, 0, 4, 4, 0),
  step_y: Int32Array.of(4, 4, 0, 0, 0, -4, -4),
};

/** @param {[number, number][]} corners */
const ringOf = (corners, scale = 1) => corners.flatMap(([lon, lat]) => [toX(lon / scale), toY(lat / scale)]);

test('rings are walked along new arcs and along those that others walked', () => {
  const rings = walkRings(SQUARES, 1).map((ring) => [...ring]);
  assert.deepEqual(rings, [
    ringOf([[4, 0], [4, 4], [0, 4], [0, 0], [4, 0]]),
    ringOf([[4, 0], [4, 4], [8, 4], [8, 0], [4, 0]]),
    ringOf([[4, 0], [0, 0], [0, 4], [4, 4], [8, 4], [8, 0], [4, 0]]),
  ]);
});

test('steps are parts of a degree', () => {
  assert.deepEqual([...walkRings(SQUARES, 10)[0]], ringOf([[4, 0], [4, 4], [0, 4], [0, 0], [4, 0]], 10));
});

test('the way back is the last of all', () => {
  // Out along a spike and back the same way.
  const spike = {
    start_x: Int32Array.of(0),
    start_y: Int32Array.of(0),
    ring_turns: Uint8Array.of(2),
    turn: Uint8Array.of(0, 1),
    arc_steps: Uint8Array.of(1),
    step_x: Int32Array.of(3),
    step_y: Int32Array.of(1),
  };
  assert.deepEqual([...walkRings(spike, 1)[0]], ringOf([[0, 0], [3, 1], [0, 0]]));
});

test('without rings there are none', () => {
  const none = Object.fromEntries(Object.keys(SQUARES).map((name) => [name, new Uint8Array(0)]));
  assert.deepEqual(walkRings(none, 1), []);
});
