import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partAt, windowOf } from '../src/brush.js';
import { dayText, parseDay } from '../src/dates.js';
import { makeColumns, makeSteps, moveWindow, UNITS, unitsOf, usualUnit } from '../src/steps.js';
import { ticksOf } from '../src/timeline_bars.js';

/** @param {string} text */
const day = (text) => /** @type {number} */ (parseDay(text));

const SPANS = [
  ['2020-01-16', '2020-01-16', 'day'],
  ['2020-01-16', '2020-02-05', 'day'],
  ['2019-01-01', '2020-12-31', 'week'],
  ['1969-06-05', '1971-01-31', 'week'],
  ['2012-05-03', '2019-12-31', 'month'],
  ['1996-05-03', '2019-12-31', 'month'],
  ['1946-05-03', '2019-12-31', 'year'],
  ['0044-03-15', '2019-12-31', 'year'],
  ['-0044-03-15', '12019-12-31', 'year'],
];

for (const [first, last, unit] of SPANS) {
  test(`from ${first} to ${last} one goes by ${unit}s, and every step holds its own days`, () => {
    assert.equal(usualUnit(day(first), day(last)), unit);
    for (const own of UNITS) {
      const steps = makeSteps(own, day(first), day(last));
      assert.ok(steps.start(0) <= day(first));
      assert.ok(day(last) < steps.start(steps.count) && day(last) >= steps.start(steps.count - 1));
      for (let at = day(first); at <= day(last); at += 1 + Math.floor((day(last) - day(first)) / 500)) {
        const step = steps.at(at);
        assert.ok(steps.start(step) <= at && at < steps.start(step + 1), `${own} ${dayText(at)}`);
      }
    }
  });
}

test('weeks begin on Monday, months on the first, before 1970 too', () => {
  const first = day('1963-05-05');
  const weekday = new Date(makeSteps('week', first, first + 99).start(0) * 864e5).getUTCDay();
  assert.equal(weekday, 1);
  assert.equal(dayText(makeSteps('month', first, first + 99).start(0)), '1963-05-01');
  assert.equal(dayText(makeSteps('year', first, first + 999).start(1)), '1964-01-01');
});

test('a day outside the span counts to its nearest end', () => {
  const steps = makeSteps('month', day('2020-01-16'), day('2020-05-01'));
  const outside = [-Infinity, day('1900-01-01'), day('2100-01-01'), Infinity];
  assert.deepEqual(outside.map(steps.at), [0, 0, 4, 4]);
});

test('units that do not part the span are not offered', () => {
  assert.deepEqual(unitsOf(day('2020-01-16'), day('2020-01-16')), ['day']);
  assert.deepEqual(unitsOf(day('2020-01-13'), day('2020-01-19')), ['day']);
  assert.deepEqual(unitsOf(day('2019-12-31'), day('2020-01-01')), ['day', 'month', 'year']);
});

test('however many steps, a few hundred columns are drawn, and they hold all days', () => {
  const steps = makeSteps('day', day('1346-05-03'), day('2019-12-31'));
  const { starts, size } = makeColumns(steps, 240);
  assert.ok(starts.length <= 241 && starts.length > 200);
  assert.equal(size, Math.ceil(steps.count / 240));
  assert.equal(starts.at(-1), day('2020-01-01'));
  assert.deepEqual(makeColumns(makeSteps('day', 5, 7), 240), { starts: [5, 6, 7, 8], size: 1 });
});

test('a window moves within the span and keeps its width', () => {
  assert.deepEqual(moveWindow({ low: 2, high: 4 }, 1, 10), { low: 3, high: 5 });
  assert.deepEqual(moveWindow({ low: 2, high: 4 }, -9, 10), { low: 0, high: 2 });
  assert.deepEqual(moveWindow({ low: 2, high: 4 }, 99, 10), { low: 7, high: 9 });
  assert.deepEqual(moveWindow({ low: 0, high: 9 }, 1, 10), { low: 0, high: 9 });
});

// Bars begin at 28 pixels; ten pixels a step here; the axis lies below 46.
const PARTS = /** @type {[number, number, string][]} */ ([
  [60, 20, 'move'], [45, 20, 'from'], [81, 20, 'to'], [130, 20, 'new'], [35, 20, 'new'],
  [40, 60, 'from'], [90, 60, 'to'], [110, 60, 'new'], [60, 60, 'move'],
]);
for (const [x, y, part] of PARTS) {
  test(`at ${x}, ${y} the pointer takes: ${part}`, () => {
    assert.equal(partAt(x, y, { low: 2, high: 4, perStep: 10 }), part);
  });
}

test('of a window too narrow to hit, the axis still parts the grip from the handles', () => {
  const thin = { low: 500, high: 500, perStep: 0.5 };
  assert.deepEqual([270, 278, 286].map((x) => partAt(x, 60, thin)), ['move', 'move', 'move']);
  assert.deepEqual([255, 300].map((x) => partAt(x, 60, thin)), ['from', 'to']);
});

test('a drag draws, moves or widens the window', () => {
  const from = { low: 2, high: 4 };
  const drag = (/** @type {any} */ part, /** @type {number} */ x, /** @type {number} */ to) => windowOf({ part, x, from }, to, 10, 20);
  assert.deepEqual(drag('new', 33, 71), { low: 0, high: 4 });
  assert.deepEqual(drag('new', 71, 33), { low: 0, high: 4 });
  assert.deepEqual(drag('new', 71, -500), { low: 0, high: 4 });
  assert.deepEqual(drag('new', 71, 900), { low: 4, high: 19 });
  assert.deepEqual(drag('move', 50, 71), { low: 4, high: 6 });
  assert.deepEqual(drag('from', 48, 500), { low: 4, high: 4 });
  assert.deepEqual(drag('from', 48, 0), { low: 0, high: 4 });
  assert.deepEqual(drag('to', 78, 20), { low: 2, high: 2 });
  assert.deepEqual(drag('to', 78, 900), { low: 2, high: 19 });
});

for (const [first, last] of SPANS) {
  test(`from ${first} to ${last} some dates stand below the bars, and not too many`, () => {
    const span = { first: day(first), last: day(last), steps: () => makeSteps(usualUnit(day(first), day(last)), day(first), day(last)) };
    for (const most of [1, 3, 8, 14]) {
      const ticks = ticksOf(span, most);
      assert.ok(ticks.length >= 1 && ticks.length <= most, `${ticks.length} of ${most}`);
      assert.equal(new Set(ticks.map(({ text }) => text)).size, ticks.length);
    }
  });
}

test('a day lies at its share of its step', () => {
  const steps = makeSteps('month', day('2020-01-16'), day('2020-05-01'));
  assert.equal(steps.share(day('2020-02-01')), 1);
  assert.equal(steps.share(day('2020-02-16')), 1 + 15 / 29);
});
