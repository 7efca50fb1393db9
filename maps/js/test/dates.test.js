import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binOf, countBins, dayText, makeBins, spanText } from '../src/dates.js';

/** @param {string} text */
const day = (text) => Date.parse(text) / 86_400_000;

test('days are written in ISO 8601, before 1970 too', () => {
  for (const text of ['1969-12-31', '1896-02-29', '2020-01-16', '0987-06-05']) {
    assert.equal(dayText(day(text)), text);
  }
  assert.equal(spanText(day('2020-01-16'), day('2020-01-16')), '2020-01-16');
  assert.equal(spanText(day('2020-01-16'), day('2020-01-22')), '2020-01-16 to 2020-01-22');
});

const SPANS = [
  ['2020-01-16', '2020-01-16', 'day'],
  ['2020-01-16', '2020-02-05', 'day'],
  ['2019-01-01', '2020-12-31', 'week'],
  ['2012-05-03', '2019-12-31', 'month'],
  ['1996-05-03', '2019-12-31', 'quarter'],
  ['1946-05-03', '2019-12-31', 'year'],
  ['1346-05-03', '2019-12-31', 'decade'],
];

for (const [first, last, unit] of SPANS) {
  test(`bins from ${first} to ${last} are of one ${unit} and hold every day`, () => {
    const bins = makeBins(day(first), day(last));
    assert.equal(bins.unit, unit);
    assert.ok(bins.starts.length <= 122);
    for (let at = day(first); at <= day(last); at += 17) {
      const bin = binOf(bins.starts, at);
      assert.ok(bins.starts[bin] <= at && at < bins.starts[bin + 1], dayText(at));
    }
    assert.ok(day(last) < /** @type {number} */ (bins.starts.at(-1)));
  });
}

test('weeks begin on Monday, months on the first', () => {
  assert.equal(new Date(makeBins(day('1969-01-01'), day('1970-12-31')).starts[0] * 864e5).getUTCDay(), 1);
  assert.equal(dayText(makeBins(day('1963-05-03'), day('1970-12-31')).starts[0]), '1963-05-01');
});

test('bins count what passes the other filters, and what is shown of it', () => {
  const days = Int32Array.from([0, 0, 1, 2, 2, 2]);
  const failures = Uint16Array.from([0, 1, 2, 0, 1, 4, 0]);
  const { all, shown } = countBins([0, 1, 2, 3], days, 6, failures, 1);
  assert.deepEqual([...all], [2, 0, 2]);
  assert.deepEqual([...shown], [1, 0, 1]);
});
