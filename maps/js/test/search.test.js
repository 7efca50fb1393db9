import assert from 'node:assert/strict';
import { test } from 'node:test';
import { walkBlocks } from '../src/blocks.js';
import { foldText, wordsOf } from '../src/fold.js';
import { excerpt, findCodes, findText, makeNames, searchAll } from '../src/search.js';

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

test('letters that are written one for the other are the same', () => {
  const same = [
    ['إدلب', 'ادلب'], ['أريحا', 'اريحا'], ['ٱلشام', 'الشام'], ['حماة', 'حماه'], ['مصطفى', 'مصطفي'],
    ['ایران', 'ايران'], ['کوبانی', 'كوباني'], ['Ma‘arrat', 'Maarrat'], ['al-Sham', 'al Sham'],
    ['Diyarbakır', 'Diyarbakir'],
  ];
  for (const [a, b] of same) assert.equal(foldText(a), foldText(b));
});

test('folding twice is folding once, and never longer than a few letters make it', () => {
  for (const text of ['Ḥalab', 'إِدْلِب', 'ﷺ', 'ŒUVRE', 'Straße', '\ud800 lone', '𝔸leppo', '']) {
    assert.equal(foldText(foldText(text)), foldText(text));
  }
});

test('the words of a query are folded, each once', () => {
  assert.deepEqual(wordsOf('  Barrel  bomb, BARREL'), ['barrel', 'bomb,']);
  assert.deepEqual(wordsOf(' \t'), []);
});

test('an excerpt begins before the first word, wherever accents shift the letters', () => {
  const text = `${'ﷺ Ḥ '.repeat(30)}the bridge`;
  assert.ok(excerpt(text, ['bridge']).endsWith('the bridge'));
  assert.equal(excerpt('a bridge of stone', ['bridge', 'wood']), '');
});

const incidents = /** @type {import('../src/incidents.js').Incidents} */ (
  /** @type {unknown} */ ({
    count: 5,
    columns: {
      name: [1, 1, 2, 0, 0], admin1: [1, 1, 1, 0, 1], country: [0, 0, 0, 0, 0],
      actor1: [1, 2, 0, 0, 0], actor2: [2, 2, 0, 0, 0], type: [0, 0, 0, 0, 0],
      sub_type: [0, 0, 0, 0, 0], source: [0, 0, 0, 0, 0],
    },
    tables: {
      name: ['', 'Saraqib', 'Idlib'], admin1: ['', 'Idlib'], country: [''], type: ['Battles'],
      actor: ['', 'Army', 'Civilians'], sub_type: [''], source: [''],
    },
  })
);
/** @type {import('../src/details.js').Detail[]} */
const TEXTS = [
  { evidence: 'A barrel bomb fell.' },
  { evidence: 'A bomb fell.' },
  { claims: [{ source: 'Barrel makers' }], notes: ['no bomb'] },
  { place_text: 'bomb factory', id: 'barrel-7' },
  {},
];
const details = {
  size: 2,
  readBlock: async (/** @type {number} */ from) => {
    if (from === 4) throw new Error('damaged');
    return TEXTS.slice(from, from + 2);
  },
  read: async (/** @type {number} */ row) => TEXTS[row],
};
const names = makeNames(incidents);

/** @param {string} query */
async function search(query) {
  /** @type {number[]} */
  const told = [];
  const asked = { isStale: () => false, tell: (/** @type {{ searched: number }} */ { searched }) => told.push(searched) };
  const done = await searchAll(incidents, details, names, query, asked);
  return { ...done, told, list: [...done.rows].flatMap((one, row) => (one ? [row] : [])) };
}

test('names are found with how many incidents they are of, each counted once', () => {
  const found = names.find('civilians', 5);
  assert.deepEqual(found.map(({ kind, text, count }) => [kind, text, count]), [['Actor', 'Civilians', 2]]);
  assert.deepEqual(found[0].rows(), [0, 1]);
  assert.deepEqual(names.find('idlib', 5).map(({ kind }) => kind), ['Place', 'Area']);
});

test('all words must occur in what is known of an incident, in names or in text', async () => {
  assert.deepEqual((await search('bomb BARREL')).list, [0, 2, 3]);
  assert.deepEqual((await search('saraqib bomb')).list, [0, 1]);
  assert.deepEqual((await search('army civilians')).list, [0]);
  assert.deepEqual((await search('tunnel')).list, []);
});

test('a search tells how far it is, and of what is damaged', async () => {
  const { told, searched, damaged } = await search('bomb');
  assert.deepEqual([told, searched, damaged], [[0, 0.4, 0.8, 1], 1, 1]);
  // What the names answer needs no text: the block of rows 0 and 1 is not read.
  assert.deepEqual((await search('saraqib')).told, [0, 0.8, 1]);
});

test('a search that is given up keeps what it has found', async () => {
  let left = 1;
  const done = await searchAll(incidents, details, names, 'bomb', { isStale: () => left-- <= 0, tell: () => {} });
  assert.ok(done.searched < 1);
  assert.deepEqual([...done.rows], [1, 1, 0, 0, 0]);
});

test('texts are found up to so many', async () => {
  const found = await findText(details, 5, 'bomb', 3, () => false);
  assert.deepEqual(found.map(({ rows }) => rows()), [[0], [1], [2]]);
});

test('a walk leaves the page time to answer', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const slow = { size: 1, readBlock: async () => [] };
  const visit = () => {
    for (const end = performance.now() + 5; performance.now() < end; );
  };
  assert.ok(await walkBlocks(slow, 20, { visit, isStale: () => false }));
  clearInterval(timer);
  assert.ok(turns >= 5, `${turns} turns`);
});
