import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  amountText, disagree, placeText, radiusText, shortSpanText, somewhereText, tollOf,
  tollText, whenText,
} from '../src/words.js';

const AMOUNTS = [
  [{ low: 5, best: 5, high: 5 }, '5'],
  [{ low: 5, best: null, high: null, qualifier: 'at least' }, 'at least 5'],
  [{ low: null, best: null, high: 40, qualifier: 'up to' }, 'up to 40'],
  [{ low: 3, best: null, high: 12 }, '3 to 12'],
  [{ low: 3, best: 7, high: 12 }, '3 to 12, most likely 7'],
  [{ low: 0, best: 4182, high: 4182 }, '0 to 4,182, most likely 4,182'],
  [{ low: 1200, best: null, high: null, qualifier: 'at least' }, 'at least 1,200'],
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

/** @param {string} text */
const day = (text) => Date.parse(text) / 86_400_000;

const SPANS = [
  ['2019-05-07', '2019-05-07', '2019-05-07'],
  ['2019-05-07', '2019-05-09', '2019-05-07–09'],
  ['2019-05-30', '2019-06-02', '2019-05-30–06-02'],
  ['2019-12-30', '2020-01-02', '2019-12-30–2020-01-02'],
  ['2019-05-01', '2019-05-31', '2019-05'],
  ['2019-01-01', '2019-12-31', '2019'],
  ['2019-05-01', '2020-04-30', '2019-05-01–2020-04-30'],
  ['0999-12-01', '0999-12-31', '0999-12'],
];
for (const [first, last, text] of SPANS) {
  test(`in short: ${text}`, () => assert.equal(shortSpanText(day(first), day(last)), text));
}

const WHENS = [
  ['2019-05-07', '2019-05-07', 'day', '2019-05-07'],
  ['2019-05-07', '2019-05-07', undefined, '2019-05-07'],
  ['2019-05-07', '2019-05-07', 'week', 'about 2019-05-07'],
  ['2019-05-06', '2019-05-12', 'week', '2019-05-06 to 2019-05-12'],
  ['2019-05-01', '2019-05-31', 'month', 'in May 2019'],
  ['2019-05-15', '2019-05-15', 'month', 'in May 2019'],
  ['2019-05-20', '2019-06-20', 'month', '2019-05-20 to 2019-06-20'],
  ['2019-01-01', '2019-12-31', 'year', 'in 2019'],
  ['2019-07-01', '2019-07-01', 'year', 'in 2019'],
];
for (const [first, last, precision, text] of WHENS) {
  test(`known to the ${precision}: ${text}`, () =>
    assert.equal(whenText(day(String(first)), day(String(last)), precision), text));
}

test('claims disagree where their numbers of the same people cannot both be right', () => {
  /** @param {...object} tolls */
  const claims = (...tolls) => tolls.map((toll) => ({ fatalities: [toll] }));
  assert.equal(disagree(claims({ best: 12, group: 'militants' }, { best: 3, group: 'civilians' })), false);
  assert.equal(disagree(claims({ best: 12 }, { best: 3 })), true);
  assert.equal(disagree(claims({ low: 5 }, { best: 7, low: 7, high: 7 })), false);
  assert.equal(disagree(claims({ low: 8 }, { low: 3, high: 7 })), true);
  assert.equal(disagree([{ fatalities: [{ best: 3 }], injured: [{ best: 9 }] }]), false);
  assert.equal(disagree([{ contested: true }]), true);
});

const PLACE = { name: 'Saraqib', admin1: 'Idlib', admin2: 'Ariha', country: 'Syria', precision: 'district' };
/** @type {[object, boolean, string][]} */
const SOMEWHERE = [
  [{ name: 'Idlib province', precision: 'region' }, true, 'Somewhere in Idlib province'],
  [{ name: '', precision: 'region' }, false, 'Somewhere in Idlib'],
  [{}, false, 'Somewhere within about 30 km of Saraqib'],
  [{ name: '' }, false, 'Somewhere in Ariha'],
  [{}, true, 'Somewhere in Saraqib'],
  [{ name: 'Saraqib; Ariha', precision: 'subdistrict' }, true, 'Somewhere in the area shown'],
  [{ precision: 'subdistrict' }, true, 'Somewhere in the area shown'],
  [{ name: 'Syria', precision: 'country' }, true, 'Known to the country only: somewhere in Syria'],
  [{ name: '', admin1: '', admin2: '', country: '' }, true, 'Somewhere in the area shown'],
];
for (const [more, isArea, text] of SOMEWHERE) {
  test(`${text}, of ${JSON.stringify(more)}`, () => assert.equal(somewhereText({ ...PLACE, ...more }, isArea, 30).join(''), text));
}
