import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edgesOf, isRightToLeft, placeLabels, wishesOf } from '../src/labels.js';
import { makeRoom, overlaps } from '../src/room.js';

/** @param {string} text */
const measure = (text) => 6 * text.length;

/** @param {string} text @param {number} x @param {number} y @returns {import('../src/labels.js').Wish} */
const wish = (text, x, y) => ({ text, x, y, kind: 'town', gap: 5 });

test('boxes that only touch do not overlap', () => {
  assert.equal(overlaps([0, 0, 5, 5], [5, 0, 9, 5]), false);
  assert.equal(overlaps([0, 0, 5, 5], [4, 4, 9, 9]), true);
});

test('room is free where no box lies, however large the boxes', () => {
  const room = makeRoom([[0, 0, 500, 20], [-300, 400, -200, 410]]);
  room.add([90, 90, 100, 100]);
  assert.deepEqual([room.isFree([400, 10, 420, 30]), room.isFree([400, 20, 420, 30])], [false, true]);
  assert.deepEqual([room.isFree([0, 50, 300, 300]), room.isFree([101, 50, 300, 300])], [false, true]);
  assert.equal(room.isFree([-1000, 0, 1000, 1000]), false);
  assert.equal(room.isFree([-260, 405, -250, 406]), false);
});

test('a name goes to the other side where something stands in its way', () => {
  const [right] = placeLabels([wish('Homs', 100, 100)], [], measure);
  assert.equal(right.x, 105);
  const [left] = placeLabels([wish('Homs', 100, 100)], [[110, 90, 200, 110]], measure);
  assert.equal(left.x, 71);
});

test('of many names in one place the first few stand and none overlaps another', () => {
  const wishes = Array.from({ length: 40 }, (_, i) => wish(`Town ${i}`, 100 + (i % 7), 100 + (i % 5)));
  const labels = placeLabels(wishes, [], measure);
  assert.ok(labels.length >= 1 && labels.length < 10);
  assert.equal(labels[0].text, 'Town 0');
  const boxes = labels.map(({ x, y, text }) => /** @type {import('../src/labels.js').Box} */ ([x, y - 7, x + measure(text), y + 7]));
  boxes.forEach((box, i) => boxes.slice(i + 1).forEach((other) => assert.equal(overlaps(box, other), false)));
});

test('a name is said once, and not over a mark', () => {
  assert.equal(placeLabels([wish('Homs', 100, 100), wish('Homs', 400, 400)], [], measure).length, 1);
  assert.equal(placeLabels([wish('Homs', 100, 100)], [[90, 90, 110, 110]], measure).length, 0);
});

test('names are wished from their zoom on and within the window', () => {
  const view = { scale: 1024, left: 0, top: 0, width: 512, height: 512, zoom: 5 };
  const base = { x: 0.25, y: 0.25, zoom: 5, until: 9, kind: /** @type {const} */ ('town') };
  const names = [
    { ...base, name: 'here' }, { ...base, name: 'later', zoom: 6 },
    { ...base, name: 'past', until: 4, zoom: 2 }, { ...base, name: 'south', y: 0.75 },
  ];
  assert.deepEqual(wishesOf(names, view).map(({ text }) => text), ['here']);
});

test('an Arabic name stands to the left of its dot, where it is read from', () => {
  const [label] = placeLabels([wish('حمص', 100, 100)], [], measure);
  assert.equal(label.x, 100 - 5 - 18);
  assert.deepEqual(label.dot, [100, 100]);
  const [other] = placeLabels([wish('حمص', 100, 100)], [[60, 90, 97, 110]], measure);
  assert.equal(other.x, 105);
});

test('the direction of a name is that of its first letter', () => {
  for (const text of ['دمشق', '(دمشق) Damascus', 'תל אביב', '7 نيسان']) assert.ok(isRightToLeft(text), text);
  for (const text of ['Damascus', 'Homs (حمص)', 'Харків', '2024', '']) assert.ok(!isRightToLeft(text), text);
});

test('letters are spaced in capitals of countries, and never in Arabic', () => {
  /** @type {[string, number][]} */
  const asked = [];
  /** @param {string} text @param {string} font @param {number} spacing */
  const listen = (text, font, spacing) => {
    asked.push([font, spacing]);
    return 50;
  };
  const country = { x: 100, y: 100, gap: 0, kind: /** @type {const} */ ('country') };
  placeLabels([{ ...country, text: 'SYRIA' }, { ...country, text: 'سوريا', y: 200 }], [], listen);
  assert.ok(asked[0][1] > 0);
  assert.equal(asked[1][1], 0);
  const [latin, arabic] = asked.map(([font]) => Number(/([\d.]+)px/.exec(font)?.[1]));
  assert.ok(arabic > latin);
});

test('the name of an area gives way to a mark in its middle, and its seat may be named alike', () => {
  const area = { text: 'Idlib', x: 100, y: 100, gap: 0, kind: /** @type {const} */ ('admin1') };
  const [moved] = placeLabels([area], [[90, 90, 110, 110]], measure);
  assert.notEqual(moved.y, 100);
  assert.equal(placeLabels([area, wish('Idlib', 300, 100)], [], measure).length, 2);
});

test('no name is cut by the edge of the window', () => {
  const view = { scale: 1024, left: 0, top: 0, width: 1400, height: 1400, zoom: 5 };
  const edges = edgesOf(view, 0.2); // the window is 200 to 1200
  const wishes = [wish('Inside', 1190, 600), wish('On it', 1200, 700), wish('Corner', 202, 1202)];
  const labels = placeLabels(wishes, edges, measure);
  assert.deepEqual(labels.map(({ text }) => text), ['Inside']);
  assert.ok(labels[0].x + measure('Inside') < 1200);
});

test('in Arabic a place without an Arabic name keeps the other', () => {
  const view = { scale: 1024, left: 0, top: 0, width: 512, height: 512, zoom: 5 };
  const base = { x: 0.25, y: 0.25, zoom: 5, until: 9, kind: /** @type {const} */ ('country') };
  const names = [{ ...base, name: 'Syria', arabic: 'سوريا' }, { ...base, name: 'Nauru', arabic: '' }];
  const texts = (/** @type {string} */ language) => wishesOf(names, view, language).map(({ text }) => text);
  assert.deepEqual(texts('ar'), ['سوريا', 'NAURU']);
  assert.deepEqual(texts('en'), ['SYRIA', 'NAURU']);
});
