import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseView, readHash, setParts, writeHash } from '../src/state.js';

/**
 * A part that holds a text.
 * @param {string} key
 * @param {string} [text]
 */
function holder(key, text = '') {
  return {
    key,
    text,
    get() {
      return this.text;
    },
    /** @param {string} next */
    set(next) {
      this.text = next;
    },
  };
}

/** @param {ReturnType<typeof holder>[]} parts */
const bound = (parts) => parts.map((part) => ({ key: part.key, get: () => part.get(), set: (/** @type {string} */ text) => part.set(text) }));

test('the map comes first and parts at their default are left out', () => {
  const parts = bound([holder('from', '2019-01-01'), holder('theme'), holder('map', '7.25/34.5/38.2')]);
  assert.equal(writeHash(parts), '#map=7.25/34.5/38.2&from=2019-01-01');
  assert.equal(writeHash(bound([holder('theme')])), '');
});

test('any text comes back as it was', () => {
  for (const text of ['a&b=c#d', 'إدلب', '100 %', '%E0%A4%A', 'a+b c', '\u202e', '😀', 'x=y=z', '&&', ',/:']) {
    const hash = writeHash(bound([holder('q', text), holder('ключ', text)]));
    assert.match(hash, /^#[\x21-\x7e]+$/);
    assert.deepEqual([...readHash(hash)], [['q', text], ['ключ', text]]);
  }
});

test('garbage is left out and the first of two stands', () => {
  const found = readHash('#a=1&b&=c&%E0%A4=d&e=%E0%A4%A&a=2&&__proto__=x&constructor=');
  assert.deepEqual([...found], [['a', '1'], ['__proto__', 'x'], ['constructor', '']]);
  assert.equal(readHash('').size, 0);
  assert.equal(readHash('#im-panel-list').size, 0);
});

test('parts that a link does not name go back, those that refuse leave the others alone', () => {
  const [first, second, third] = [holder('a', 'old'), holder('b', 'same'), holder('c')];
  const parts = bound([first, second, third]);
  parts[1].set = () => assert.fail('was set though it was as asked for');
  parts.splice(1, 0, { key: 'bad', get: () => 'x', set: () => { throw new Error('no'); } });
  setParts(parts, readHash('#b=same&c=new&bad=%00&unknown=1'));
  assert.deepEqual([first.text, second.text, third.text], ['', 'same', 'new']);
});

test('what of a link does not fit is said, and filters that the page has no part for', () => {
  const fits = { key: 'a', get: () => '', set: () => {} };
  const not = { key: 'f-actors', get: () => '', set: (/** @type {string} */ text) => `Actor: ${text}` };
  assert.deepEqual(setParts([fits, not], readHash('#a=1&f-actors=3~x')), ['Actor: 3~x']);
  const without = setParts([fits], readHash('#f-weapon=none&from=2019-01-01&to=2019-02-01&utm=1'));
  assert.equal(without.length, 2);
  assert.match(without.join(), /no incident here has a date.*“weapon”/);
  assert.deepEqual(setParts([fits, not], readHash('#a=2')), []);
});

test('a view is zoom, latitude, longitude, or nothing', () => {
  assert.deepEqual(parseView('7.25/34.5/-38.2'), { zoom: 7.25, lat: 34.5, lon: -38.2 });
  for (const text of ['', '7', '7/1', '7/1/2/3', '7//2', 'a/b/c', 'NaN/1/2', '7/91/0', '7/0/361', '-1/0/0', 'Infinity/0/0', '7/0/1e400']) {
    assert.equal(parseView(text), undefined, text);
  }
});
