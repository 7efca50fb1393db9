import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedText, deathsOf, deathsSumText, deathsText, shortDeathsText } from '../src/deaths.js';

/** Best 0; unknown; best 1,204; 40 to 90; at least 3; at most 12; both 7 without a best one. */
const incidents = {
  columns: {
    deaths: Uint16Array.of(1, 0, 1205, 41, 4, 0, 8),
    range_row: Uint8Array.of(3, 4, 5, 6),
    range_high: Uint8Array.of(91, 0, 13, 8),
  },
};
const all = [0, 1, 2, 3, 4, 5, 6].map((row) => deathsOf(incidents, row));

test('deaths are counted by the best figure, else by the lowest', () => {
  assert.deepEqual(all.map(({ counted }) => counted), [0, -1, 1204, 40, 3, -1, 7]);
});

test('a range is shown as a range, and a known 0 is not an unknown number', () => {
  assert.deepEqual(all.map(shortDeathsText), ['0', '', '1,204', '40–90', '≥ 3', '≤ 12', '7']);
  assert.deepEqual(all.map(deathsText), [
    '0 killed', '', '1,204 killed', '40 to 90 killed', 'at least 3 killed', 'at most 12 killed', '7 killed',
  ]);
});

test('what is counted of a range is said', () => {
  assert.deepEqual(all.map(countedText), [
    '', '', '', 'Lists and sums count the lowest figure, 40.', 'Lists and sums count the lowest figure, 3.',
    'Lists and sums count no deaths here.', '',
  ]);
});

test('a sum says how many incidents it is of, and by which figures', () => {
  assert.equal(deathsSumText(incidents, [0, 2]), 'Deaths reported: 1,204.');
  assert.equal(deathsSumText(incidents, [0, 1]), 'Deaths reported: 0 (in 1 of the 2).');
  assert.equal(
    deathsSumText(incidents, [3, 2]),
    'Deaths reported: 1,244. 1 incident without a best figure counts with the lowest.',
  );
  assert.equal(
    deathsSumText(incidents, [1, 5]),
    'No number of deaths to count is given for any of them. 1 incident with a highest figure only adds nothing.',
  );
});
