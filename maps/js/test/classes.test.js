import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  RAMPS, classOf, colourOf, describeClasses, makeBreaks, numberText, spreadRamp, toRgb, toRound,
} from '../src/classes.js';
import { THEMES } from '../src/theme.js';

/**
 * Relative luminance as WCAG defines it.
 * @param {string} colour
 */
function luminance(colour) {
  const [r, g, b] = toRgb(colour).map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} a @param {string} b */
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test('a break is a round number, the nearest by ratio', () => {
  /** @type {[number, boolean, number][]} */
  const cases = [[1, true, 1], [2.4, true, 2], [7, true, 8], [13, true, 15], [1302, true, 1500], [97, true, 100], [0.34, false, 0.3], [1.6, true, 2]];
  for (const [value, whole, wanted] of cases) assert.equal(toRound(value, whole), wanted, String(value));
});

test('classes are quantiles on round numbers, none of them empty', () => {
  const values = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610];
  const breaks = makeBreaks(values);
  assert.deepEqual(breaks, [5, 20, 60, 200]);
  const found = describeClasses(breaks, values);
  assert.deepEqual(found.map(({ text }) => text), ['1–4', '5–19', '20–59', '60–199', '200–610']);
  assert.deepEqual(found.map(({ count }) => count), [3, 3, 3, 2, 3]);
});

test('every number lies in the class that says so, for many sets of numbers', () => {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 300; round++) {
    const values = Array.from({ length: Math.ceil(random() * 40) }, () => Math.floor(10 ** (random() * 5)) - 1);
    const whole = round % 2 ? values : values.map((value) => value / 7);
    const breaks = makeBreaks(whole);
    const found = describeClasses(breaks, whole);
    const positive = whole.filter((value) => value > 0);
    assert.equal(found.reduce((sum, { count }) => sum + count, 0), positive.length);
    assert.ok(found.every(({ count }) => count > 0), JSON.stringify({ whole, breaks }));
    assert.ok(found.length <= 5);
    assert.ok(breaks.every((value, i) => i === 0 || value > breaks[i - 1]));
  }
});

test('few numbers make few classes, and none makes none', () => {
  assert.deepEqual(makeBreaks([]), []);
  assert.deepEqual(describeClasses([], [0, 0]), []);
  assert.deepEqual(describeClasses(makeBreaks([7]), [7]), [{ text: '7', count: 1 }]);
  assert.deepEqual(describeClasses(makeBreaks([3, 3, 3]), [3, 3, 3]), [{ text: '3', count: 3 }]);
  assert.deepEqual(describeClasses(makeBreaks([1, 30]), [1, 30]).map(({ text }) => text), ['1–29', '30']);
});

test('a number at a break belongs to the class that begins there', () => {
  assert.deepEqual([4, 5, 19, 20, 900].map((value) => classOf(value, [5, 20])), [0, 1, 1, 2, 2]);
});

test('few classes take the colours furthest apart', () => {
  const ramp = ['a', 'b', 'c', 'd', 'e'];
  assert.deepEqual([0, 1].map((i) => colourOf(i, 2, ramp)), ['a', 'e']);
  assert.deepEqual([0, 1, 2].map((i) => colourOf(i, 3, ramp)), ['a', 'c', 'e']);
  assert.equal(colourOf(0, 1, ramp), 'c');
});

test('tones go one way from class to class, each a step from the last and from bare land', () => {
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    for (const ramp of [RAMPS[theme].classes, RAMPS[theme].density]) {
      const tones = ramp.map(luminance);
      const sign = theme === 'light' ? -1 : 1;
      tones.slice(1).forEach((tone, i) => {
        assert.ok(sign * (tone - tones[i]) > 0, `${theme} ${ramp[i]}`);
        assert.ok(contrast(ramp[i], ramp[i + 1]) >= 1.25, `${theme} ${ramp[i]} ${ramp[i + 1]}`);
      });
    }
    const { land } = THEMES[theme];
    assert.ok(contrast(RAMPS[theme].density[0], land) >= 2.4, 'a single incident is seen on the land');
    assert.ok(contrast(RAMPS[theme].rim, land) >= 3, 'the rim of a bubble is seen on the land');
  }
});

test('numbers are written short', () => {
  assert.deepEqual([0, 12, 3297, 0.123, 12.34, 123.4, 3297.5].map(numberText), ['0', '12', '3,297', '0.12', '12.3', '123', '3,298']);
});

test('a spread ramp begins and ends as the ramp does', () => {
  const spread = spreadRamp(['#000000', '#ffffff'], 3);
  assert.deepEqual(spread, [[0, 0, 0], [128, 128, 128], [255, 255, 255]]);
});
