import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountText, placeText, radiusText, tollOf, tollText } from '../src/words.js';

const AMOUNTS = [
  [{ low: 5, best: 5, high: 5 }, '5'],
  [{ low: 5, best: null, high: null, qualifier: 'at least' }, 'at least 5'],
  [{ low: null, best: null, high: 40, qualifier: 'up to' }, 'up to 40'],
  [{ low: 3, best: null, high: 12 }, '3 to 12'],
  [{ low: 3, best: 7, high: 12 }, '3 to 12, most likely 7'],
  [{ low: 0, best: 0, high: 0 }, '0'],
  [{ low: null, best: null, high: null }, 'an unknown number'],
];

for (const [toll, text] of /** @type {[import('../src/details.js').Toll, string][]} */ (AMOUNTS)) {
  test(`a toll reads ${text}`, () => assert.equal(tollText(toll, 'killed'), `${text} killed`));
}

test('a range stays a range', () => assert.equal(amountText({ low: 1, high: 2 }), '1 to 2'));

test('a toll of which nothing is known is none', () => {
  assert.equal(tollOf([null, null, null]), undefined);
  assert.equal(tollOf(undefined), undefined);
  assert.deepEqual(tollOf([1, null, 4]), { low: 1, best: null, high: 4 });
});

test('places leave out what is empty or said before', () => {
  assert.equal(placeText('Idlib', 'Idlib', '', 'Syria'), 'Idlib, Syria');
});

test('radii are rounded as they deserve', () => {
  assert.equal(radiusText(0.02), 'within about 0.1 km');
  assert.equal(radiusText(2.46), 'within about 2.5 km');
  assert.equal(radiusText(61.7), 'within about 62 km');
});
