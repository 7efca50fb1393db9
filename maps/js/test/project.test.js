import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circleOutline, toPosition, toX, toY, unwrapLons, widthOfKm, worldCopies } from '../src/project.js';

test('positions go to the map and back', () => {
  for (const [lon, lat] of [[0, 0], [36.63, 35.93], [-179.9, -60], [180, 84]]) {
    const back = toPosition(toX(lon), toY(lat));
    assert.ok(Math.abs(back.lon - lon) < 1e-9 && Math.abs(back.lat - lat) < 1e-9);
  }
});

test('the poles lie at the edge of the map', () => {
  assert.ok(Math.abs(toY(90)) < 1e-9);
  assert.ok(Math.abs(toY(-90) - 1) < 1e-9);
  assert.ok(Number.isFinite(widthOfKm(90)));
});

test('a window over the antimeridian shows two copies of the world', () => {
  assert.deepEqual(worldCopies(0.2, 0.8), [0]);
  assert.deepEqual(worldCopies(0.8, 1.1), [0, 1]);
  assert.deepEqual(worldCopies(-0.1, 0.5), [-1, 0]);
});

test('a circle has its radius in every direction', () => {
  const outline = circleOutline(36, 35, 100);
  for (let i = 0; i < outline.length; i += 2) {
    const { lon, lat } = toPosition(outline[i], outline[i + 1]);
    const rad = Math.PI / 180;
    const cosine = Math.sin(35 * rad) * Math.sin(lat * rad) +
      Math.cos(35 * rad) * Math.cos(lat * rad) * Math.cos((lon - 36) * rad);
    assert.ok(Math.abs(Math.acos(cosine) * 6371.0088 - 100) < 0.01);
  }
});

const APART = /** @type {[number[], number, number[]][]} */ ([
  [[10, 20], 0, [10, 20]],
  [[179.9, -179.9], 170, [179.9, 180.1]],
  [[179.9, -179.9], -170, [-180.1, -179.9]],
  [[-179, 0, 179, 60], 0, [181, 0, 179, 60]],
  [[-90, 100, 150], 0, [-90, -260, -210]],
  [[35], 400, [395]],
]);
for (const [lons, about, apart] of APART) {
  test(`${lons} about ${about} lie at ${apart}`, () => {
    unwrapLons(lons, about).forEach((lon, at) => assert.ok(Math.abs(lon - apart[at]) < 1e-9, `${lon}`));
  });
}
