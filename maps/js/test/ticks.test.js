import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingLabels, orderEntries, packTicks, ticksText, tickOnly, unpackTicks } from '../src/ticks.js';

const LABELS = ['Zabadani', 'Ahrar', 'داعش', 'İdlib', '', 'a,b.c~d', 'Ahrar', 'a!b', '\ud800'];

test('ticks are kept as text and come back, whichever they are', () => {
  for (let bits = 0; bits < 2 ** LABELS.length; bits++) {
    const passes = Uint8Array.from(LABELS, (_, code) => (bits >> code) & 1);
    const text = packTicks(LABELS, passes);
    assert.match(encodeURIComponent(text), /^[\x21-\x7e]*$/);
    assert.deepEqual(unpackTicks(LABELS, text), passes, text);
  }
});

test('all is no text, none is a word, and the fewer are listed', () => {
  const many = Array.from({ length: 3000 }, (_, i) => `actor ${i}`);
  const passes = new Uint8Array(3000).fill(1);
  assert.equal(packTicks(many, passes), '');
  passes[2000] = 0;
  assert.equal(packTicks(many, passes), '-!actor 2000');
  passes.fill(0, 0, 40);
  assert.match(packTicks(many, passes), /^-[0-9a-z]+(\.[0-9a-z]+){40}~[0-9a-z]+$/);
  tickOnly(passes, 17);
  assert.equal(packTicks(many, passes), '!actor 17');
  assert.match(packTicks(['x'.repeat(300), 'y'], Uint8Array.of(1, 0)), /^[0-9a-z]~[0-9a-z]+$/);
  assert.equal(packTicks(many, passes.fill(0)), 'none');
});

test('what is no such text, or was kept of other entries, is refused', () => {
  const passes = Uint8Array.from(LABELS, (_, code) => (code === 0 || code === 7 ? 1 : 0));
  const text = packTicks(LABELS, passes);
  for (const bad of ['x', '0', '-', '~', '0~', 'zzzz~0', '0.1.2', '<b>', '-1~zz', 'none!', '__proto__', '\0', text.toUpperCase()]) {
    assert.equal(unpackTicks(LABELS, bad), undefined, bad);
  }
  assert.equal(unpackTicks(['Aleppo', ...LABELS, 'Zz'], text), undefined);
  assert.equal(unpackTicks([], '0~0'), undefined);
  assert.deepEqual(unpackTicks([...LABELS, 'عين'], text)?.[0], 1);
});

test('few entries are kept by their names, which fit another edition of the file', () => {
  const text = packTicks(LABELS, Uint8Array.from(LABELS, (_, code) => (code === 0 || code === 3 ? 1 : 0)));
  const later = ['Aleppo', 'Zabadani', 'Ahrar', 'İdlib'];
  assert.deepEqual(unpackTicks(later, text), Uint8Array.of(0, 1, 0, 1));
  assert.deepEqual(missingLabels(later, text), []);
  assert.deepEqual(unpackTicks(later, '-!Zabadani!Hama'), Uint8Array.of(1, 0, 1, 1));
  assert.deepEqual(missingLabels(later, '-!Zabadani!Hama'), ['Hama']);
  assert.deepEqual(unpackTicks(later, '!Hama'), new Uint8Array(4));
  assert.deepEqual(missingLabels(later, '3~9fzy'), []);
});

test('only one, and the same once more is all', () => {
  const passes = Uint8Array.from([1, 0, 1]);
  tickOnly(passes, 1);
  assert.deepEqual([...passes], [0, 1, 0]);
  tickOnly(passes, 0);
  assert.deepEqual([...passes], [1, 0, 0]);
  tickOnly(passes, 0);
  assert.deepEqual([...passes], [1, 1, 1]);
});

test('how much is ticked, in words', () => {
  assert.equal(ticksText(new Uint8Array(1214).fill(1)), 'all 1,214');
  assert.equal(ticksText(new Uint8Array(214)), 'none of 214');
  assert.equal(ticksText(Uint8Array.from([1, 0, 1])), '2 of 3');
});

test('a long group is in order of count, what few are ticked first, and is searched folded', () => {
  const labels = Array.from({ length: 20 }, (_, i) => `Liwāʾ ${String.fromCharCode(65 + i)}`);
  const counts = Uint32Array.from(labels, (_, i) => i);
  const all = new Uint8Array(20).fill(1);
  assert.deepEqual(orderEntries(labels, all, counts, '').slice(0, 3), [19, 18, 17]);
  assert.deepEqual(orderEntries(labels, Uint8Array.from(all, (_, i) => (i === 4 ? 1 : 0)), counts, '').slice(0, 3), [4, 19, 18]);
  assert.deepEqual(orderEntries(labels, all, counts, ' LIWA'), orderEntries(labels, all, counts, ''));
  assert.deepEqual(orderEntries(labels, all, counts, 'ʾ c'), [2]);
  assert.deepEqual(orderEntries(labels, all, counts, 'nobody'), []);
  assert.deepEqual(orderEntries(labels.slice(0, 12), all.slice(0, 12), counts.slice(0, 12), ''), [...Array(12).keys()]);
});
