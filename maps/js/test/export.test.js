import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName, shownDays, tableRow, writeRows } from '../src/export.js';
import { csvWriter, toCell, toWkt } from '../src/export_csv.js';
import { geojsonWriter } from '../src/export_geojson.js';
import { cutPart, toGeometry, toPolygons } from '../src/rings.js';

/** @typedef {import('../src/rings.js').Position} Position */

/**
 * A square ring, counter-clockwise.
 * @param {number} west
 * @param {number} south
 * @param {number} size
 * @returns {Position[]}
 */
const square = (west, south, size) => [
  [west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south],
];

/** @param {Position[]} ring */
const area = (ring) => ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0) / 2;

/** Three rows: a point in Idlib, an area, and one without place, date or anything. */
function makeIncidents() {
  const row = (/** @type {number[]} */ ...values) => Uint16Array.from(values);
  const ring = square(36, 35, 1);
  return /** @type {any} */ ({
    count: 3,
    dated: 2,
    start: Int32Array.from([18277, 18278, 18278]),
    end: Int32Array.from([18277, 18279, 18278]),
    columns: {
      place: row(1, 2, 0), type: row(1, 1, 0), precision: row(0, 1, 2), sub_type: row(0, 0, 0), actor1: row(1, 0, 0),
      actor2: row(0, 0, 0), name: row(1, 0, 0), country: row(1, 0, 0), admin1: row(0, 0, 0), source: row(0, 0, 0),
      radius: Int32Array.from([50, 750, -1]), score: row(88, 0, 0),
      shape_kind: row(1), shape_parts: row(1), part_length: row(5),
      shape_x: Int32Array.from(ring, ([x]) => x * 10_000), shape_y: Int32Array.from(ring, ([, y]) => y * 10_000),
    },
    tables: {
      type: ['Unknown type', 'Battles'], precision: ['settlement', 'region', 'not located'], sub_type: [''],
      actor: ['', '=HYPERLINK("x")'], name: ['', 'Idlib'], country: ['', 'Syria'], country_code: ['', 'SY'], admin1: [''], source: [''],
    },
    places: { lon: [0, 36.63123, 36.5], lat: [0, 35.93, 35.5], shape: [0, 0, 1] },
    header: {
      shape_scale: 10_000,
      export: {
        ends: true,
        columns: [['incident_id', 'text'], ['date_start', 'date'], ['date_end', 'date'], ['event_type', 'text'],
          ['actor1', 'text'], ['fatalities_best', 'count'], ['country', 'text'], ['precision', 'text'],
          ['where_prec', 'count'], ['radius_km', 'number'], ['match_score', 'number'], ['notes', 'list'],
          ['constructor', 'any'], ['2020', 'any']],
        codes: { settlement: [1, 1], region: [3, 4] },
      },
    },
  });
}

const NOTE = 'geometry simplified to about 40 m for display';

test('a row has the table’s columns in their order, and what it carries of its own counts most', () => {
  const incidents = makeIncidents();
  const detail = { id: 'a', fatalities: [1, null, 3], date_end: 'none', where_prec: 2, extra: { 2020: 'x' } };
  assert.deepEqual(tableRow(incidents, 0, detail), [
    'a', '2020-01-16', null, 'Battles', '=HYPERLINK("x")', null, 'SY', 'settlement', 2, 5, 0.87, [], null, 'x',
  ]);
  assert.deepEqual(tableRow(incidents, 1, {}), [
    '', '2020-01-17', '2020-01-18', 'Battles', '', null, '', 'region', 4, 75, null, [NOTE], null, null,
  ]);
  assert.deepEqual(tableRow(incidents, 2, { notes: ['n'] }), [
    '', null, null, '', '', null, '', '', null, null, null, ['n'], null, null,
  ]);
});

test('a note that a table already carries is not written twice', () => {
  assert.deepEqual(tableRow(makeIncidents(), 1, { notes: [NOTE] })[11], [NOTE]);
});

/**
 * @param {any} incidents
 * @param {number[]} failures
 * @param {'csv' | 'geojson'} kind
 */
async function write(incidents, failures, kind, size = 2) {
  const writer = kind === 'csv' ? csvWriter(incidents) : geojsonWriter(incidents);
  const details = { size, read: async () => ({}), readBlock: async (/** @type {number} */ from) =>
    Array.from({ length: size }, (_, i) => ({ id: `row ${from + i}` })) };
  const options = { signal: new AbortController().signal, progress: () => {} };
  return (await writeRows({ incidents, details, failures: Uint16Array.from(failures) }, writer, options))?.text();
}

test('only rows that pass are written, each with its own text', async () => {
  const geojson = JSON.parse(await write(makeIncidents(), [1, 0, 0], 'geojson') ?? '');
  assert.deepEqual(geojson.features.map((/** @type {any} */ { id }) => id), ['row 1', 'row 2']);
  assert.deepEqual(geojson.features[0].geometry, { type: 'Polygon', coordinates: [square(36, 35, 1)] });
  assert.equal(geojson.features[1].geometry, null);
  assert.deepEqual(Object.keys(geojson), ['type', 'features']);
  const none = JSON.parse(await write(makeIncidents(), [1, 2, 4], 'geojson') ?? '');
  assert.deepEqual(none, { type: 'FeatureCollection', features: [] });
});

test('CSV has the heading, a point for a point, and WKT beside the mark of an area', async () => {
  const lines = (await write(makeIncidents(), [0, 0, 0], 'csv'))?.split('\n') ?? [];
  assert.equal(lines[0].slice(-34), 'constructor,2020,longitude,latitude,wkt'.slice(-34));
  assert.match(lines[1], /^row 0,2020-01-16,.*" =HYPERLINK\(""x""\)".*,36\.63123,35\.93,$/);
  assert.match(lines[2], /,36\.5,35\.5,"POLYGON \(\(36 35, 37 35, 37 36, 36 36, 36 35\)\)"$/);
  assert.match(lines[3], /^row 2,,.*,,,$/);
});

test('an export that is stopped gives no file, one that is going on tells how far it is', async () => {
  const count = 4_000;
  const incidents = makeIncidents();
  const failures = new Uint16Array(count);
  const stop = new AbortController();
  /** @type {number[]} */
  const told = [];
  let slow = 0;
  const details = { size: 1, read: async () => ({}), readBlock: async (/** @type {number} */ from) => {
    const until = performance.now() + 1;
    while (performance.now() < until) slow++;
    return [{ id: String(from) }];
  } };
  for (const column of Object.keys(incidents.columns)) {
    if (incidents.columns[column].length === 3) incidents.columns[column] = new Uint16Array(count);
  }
  const progress = (/** @type {number} */ share) => {
    told.push(share);
    if (told.length === 3) stop.abort();
  };
  const blob = await writeRows({ incidents, details, failures }, csvWriter(incidents), { signal: stop.signal, progress });
  assert.equal(blob, undefined);
  assert.equal(told.length, 3);
  assert.ok(told[0] > 0 && told[1] > told[0] && told[2] < 0.1 && slow > 0);
});

test('damaged texts give no file', async () => {
  const incidents = makeIncidents();
  const details = { size: 2, read: async () => ({}), readBlock: async () => { throw new Error('damaged'); } };
  const options = { signal: new AbortController().signal, progress: () => {} };
  await assert.rejects(writeRows({ incidents, details, failures: new Uint16Array(3) }, csvWriter(incidents), options));
});

test('cells as geo/flat.py writes them, and none that a spreadsheet would run', () => {
  for (const [value, cell] of /** @type {[any, string][]} */ ([
    [null, ''], ['', ''], [0, '0'], [-70.5, '-70.5'], [[], ''], [['a', 'b"c'], '"[""a"",""b\\""c""]"'], ['a,b', '"a,b"'],
    ['a\r\nb\rc', '"a\nb\nc"'], ['=1+1', ' =1+1'], ['+1', ' +1'], ['-x', ' -x'], ['@SUM(A1)', ' @SUM(A1)'], ['\t=1', ' \t=1'],
    ['a=1', 'a=1'], ['-1,5', '" -1,5"'], [['=1'], '"[""=1""]"'],
  ])) {
    assert.equal(toCell(value), cell);
  }
});

test('a ring within another is its hole, one within the hole an island, one beside it of its own', () => {
  const rings = [square(0, 0, 10), square(2, 2, 6), square(4, 4, 2), square(20, 0, 1)];
  for (const turned of [rings, rings.map((ring) => [...ring].reverse()), [...rings].reverse()]) {
    const polygons = toPolygons(turned).sort((a, b) => area(b[0]) - area(a[0]));
    assert.deepEqual(polygons.map((polygon) => polygon.map(area)), [[100, -36], [4], [1]]);
  }
});

test('what crosses the antimeridian is cut there, on either side', () => {
  for (const west of [179, -181]) {
    const { type, coordinates } = toGeometry(1, [square(west, 0, 2)]);
    assert.equal(type, 'MultiPolygon');
    const longitudes = coordinates.map((/** @type {Position[][]} */ [ring]) => ring.map(([lon]) => lon));
    assert.deepEqual(longitudes.map((/** @type {number[]} */ own) => [Math.min(...own), Math.max(...own)]).sort(), [[-180, -179], [179, 180]]);
    assert.deepEqual(coordinates.map((/** @type {Position[][]} */ [ring]) => area(ring)), [2, 2]);
  }
  assert.deepEqual(cutPart([[179, 0], [181, 2]], false), [[[179, 0], [180, 1]], [[-180, 1], [-179, 2]]]);
  assert.deepEqual(cutPart([[181, 2], [179, 0]], false).flat().map(([lon]) => lon), [180, 179, -179, -180]);
  assert.deepEqual(toGeometry(2, [[[181, 1], [10, 2]]]).coordinates, [[-179, 1], [10, 2]]);
  assert.deepEqual(toGeometry(0, [[[1, 1], [2, 2]], [[3, 3], [4, 4]]]).type, 'MultiLineString');
});

test('geometries as well-known text', () => {
  assert.equal(toWkt({ type: 'MultiPoint', coordinates: [[1, 2], [3, 4]] }), 'MULTIPOINT (1 2, 3 4)');
  assert.equal(toWkt({ type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]]] }), 'MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))');
});

test('file names hold what any system takes', () => {
  assert.equal(fileName('Syria, winter 2020', [18277, 18297], '.csv'), 'Syria-winter-2020-incidents-2020-01-16-2020-02-05.csv');
  assert.equal(fileName('', undefined, '.csv'), 'incidents.csv');
  assert.equal(fileName('../..\\con<>:"|?*\u202e\u0000', [0, 0], '.png'), 'con-incidents-1970-01-01.png');
  assert.equal(fileName('حوادث إدلب', undefined, '.csv'), 'حوادث-إدلب-incidents.csv');
  assert.ok(fileName('x'.repeat(500), undefined, '.geojson').length < 90);
});

test('the days shown are those of the rows that pass', () => {
  const incidents = makeIncidents();
  assert.deepEqual(shownDays({ incidents, failures: Uint16Array.from([1, 0, 0]) }), [18278, 18279]);
  assert.equal(shownDays({ incidents, failures: Uint16Array.from([1, 1, 0]) }), undefined);
});
