import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countBins, dayText, parseDay, spanText } from '../src/dates.js';

/** @param {string} text */
const day = (text) => Date.parse(text) / 86_400_000;

test('days are written in ISO 8601, before 1970 too', () => {
  for (const text of ['1969-12-31', '1896-02-29', '2020-01-16', '0987-06-05']) {
    assert.equal(dayText(day(text)), text);
  }
  assert.equal(spanText(day('2020-01-16'), day('2020-01-16')), '2020-01-16');
  assert.equal(spanText(day('2020-01-16'), day('2020-01-22')), '2020-01-16 to 2020-01-22');
});

test('days are read as they are written, in years of any length', () => {
  for (const text of ['1969-12-31', '2020-02-29', '0044-03-15', '12345-01-01', '-0044-03-15']) {
    const read = parseDay(text);
    assert.ok(read !== undefined, text);
    assert.equal(parseDay(dayText(read)), read, text);
  }
  assert.equal(parseDay('1970-01-01'), 0);
  assert.equal(parseDay(' 1969-12-31 '), -1);
});

test('what is no date of the calendar is none', () => {
  for (const text of ['', '2020', '2020-02-30', '2020-13-01', '2021-02-29', 'x', '2020-01-01T00:00', '9999999-01-01', '2020-00-10']) {
    assert.equal(parseDay(text), undefined, text);
  }
});

test('bins count what passes the other filters than that of time', () => {
  const days = Int32Array.from([0, 0, 1, 2, 2, 2]);
  const failures = Uint16Array.from([0, 1, 2, 0, 1, 4, 0]);
  assert.deepEqual([...countBins([0, 1, 2, 3], days, 6, failures, 1)], [2, 0, 2]);
});
