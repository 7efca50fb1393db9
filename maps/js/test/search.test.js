import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerpt, findCodes, foldText } from '../src/search.js';

test('case, accents and vowel signs do not count', () => {
  const cases = [['Ḥalab', 'halab'], ['ÎDLIB', 'idlib'], ['حَلَب', 'حلب'], ['حـــلب', 'حلب']];
  for (const [text, folded] of cases) assert.equal(foldText(text), folded);
});

test('texts that begin with the words come first; empty ones never', () => {
  const table = ['', 'East Idlib', 'Idlib', 'Aleppo', 'idlib town'];
  assert.deepEqual(findCodes(table, 'idlib', 9), [2, 4, 1]);
  assert.deepEqual(findCodes(table, 'idlib', 2), [2, 4]);
});

test('an excerpt shows the words about the hit', () => {
  const text = `${'before '.repeat(20)}the bridge at Jisr was hit${' after'.repeat(40)}`;
  const found = excerpt(text, 'bridge');
  assert.ok(found.includes('the bridge at Jisr') && found.startsWith('…') && found.endsWith('…'));
  assert.ok(found.length < 120);
  assert.equal(excerpt(text, 'tunnel'), '');
});
