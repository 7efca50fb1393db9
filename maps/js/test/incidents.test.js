import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsAt } from '../src/incidents.js';
import { projectAll, readPlaces } from '../src/places.js';
import { toX, toY } from '../src/project.js';

const EARTH_M = 40_075_017;

test('very many places lie where few would, to 2 m', () => {
  const count = 200_003;
  const lons = Int32Array.from({ length: count }, (_, place) => ((place * 7919) % 36_000_001) - 18_000_000);
  const lats = Int32Array.from({ length: count }, (_, place) => ((place * 104_729) % 18_000_001) - 9_000_000);
  lats.set([9_000_000, -9_000_000]);
  const [x, y] = projectAll(lons, lats, 100_000);
  assert.ok(x instanceof Float32Array);
  for (let place = 0; place < count; place += 101) {
    const lat = lats[place] / 100_000;
    const ground = EARTH_M * Math.cos((Math.min(85.06, Math.abs(lat)) * Math.PI) / 180);
    assert.ok(Math.abs(x[place] - toX(lons[place] / 100_000)) * ground < 2, `x of ${place}`);
    assert.ok(Math.abs(y[place] - toY(lat)) * ground < 2, `y of ${place}`);
  }
});

test('arrays that are asked for say what single places say', () => {
  const columns = {
    place_lon: Int32Array.of(0, 3_663_100), place_lat: Int32Array.of(0, 3_593_100), place_radius: Uint8Array.of(0, 25),
    place_shape: Uint8Array.of(0, 0), place_vague: Uint8Array.of(0, 1),
  };
  const places = readPlaces(columns, 100_000, []);
  assert.deepEqual(places.at(1), { lon: 36.631, lat: 35.931, radiusKm: 2.5 });
  assert.deepEqual([places.lon[1], places.lat[1], places.radiusKm[1]], [36.631, 35.931, 2.5]);
  assert.equal(places.extent[1], places.extentOf(1));
  assert.ok(Math.abs(places.extentOf(1) * EARTH_M * Math.cos((35.931 * Math.PI) / 180) - 5000) < 10);
});

test('rows of places come in order, once each, without those filtered out', () => {
  const place = Uint8Array.of(2, 1, 0, 2, 1, 2);
  const incidents = /** @type {any} */ ({ columns: { place }, places: { x: new Float64Array(4) } });
  assert.deepEqual(rowsAt(incidents, [2, 1, 2, 0], Uint16Array.of(0, 0, 0, 4, 0, 0)), [0, 1, 4, 5]);
  assert.deepEqual(rowsAt(incidents, [3], new Uint16Array(6)), []);
});
