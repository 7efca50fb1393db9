import assert from 'node:assert/strict';
import { test } from 'node:test';
import { radiusOf } from '../src/bubble_drawing.js';
import { gatherBubbles, sampleSizes } from '../src/bubbles.js';

const VIEW = { scale: 1000, left: 0, top: 0, width: 1000, height: 600, zoom: 2 };

test('the area of a circle is the number of deaths', () => {
  const [one, four] = [100, 400].map((deaths) => radiusOf({ deaths, vague: 0 }, 1));
  assert.equal(four / one, 2);
  assert.ok(radiusOf({ deaths: 1, vague: 0 }, 0.001) > 2);
});

test('the largest circle comes first, and a place without incidents is none', () => {
  const places = { x: Float64Array.of(0, 0.1, 0.5, 0.9), y: Float64Array.of(0, 0.1, 0.2, 0.3), vague: Uint8Array.of(0, 0, 1, 2) };
  const sums = { counts: Uint32Array.of(5, 2, 0, 3), deaths: Float64Array.of(7, 1, 0, 6) };
  const found = gatherBubbles(places, sums, VIEW);
  assert.deepEqual(found.map(({ places: own, deaths, vague }) => [own[0], deaths, vague]), [[3, 6, 2], [1, 1, 0]]);
});

test('many places are joined without losing one, and areas never with points', () => {
  const count = 1001;
  const x = Float64Array.from({ length: count }, (_, i) => ((i * 7919) % 1000) / 1000);
  const y = Float64Array.from({ length: count }, (_, i) => ((i * 104729) % 600) / 1000);
  const vague = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const counts = new Uint32Array(count).fill(1);
  const deaths = Float64Array.from({ length: count }, (_, i) => i % 5);
  const found = gatherBubbles({ x, y, vague }, { counts, deaths }, VIEW);
  assert.ok(found.length < 900);
  assert.equal(found.reduce((sum, bubble) => sum + bubble.count, 0), 1000);
  assert.equal(found.reduce((sum, bubble) => sum + bubble.deaths, 0), deaths.reduce((a, b) => a + b, 0));
  for (const bubble of found) assert.ok(bubble.places.every((place) => vague[place] === bubble.vague));
});

test('samples are round, no larger than the most, and differ', () => {
  assert.deepEqual(sampleSizes(0), []);
  assert.deepEqual(sampleSizes(1), [1]);
  assert.deepEqual(sampleSizes(24), [20, 5]);
  assert.deepEqual(sampleSizes(50), [50, 10, 2]);
  for (let most = 1; most < 3000; most += 7) {
    const sizes = sampleSizes(most);
    assert.ok(sizes.every((size, i) => size <= most && size >= 1 && (!i || size < sizes[i - 1])), String(most));
  }
});
