// Incidents counted by area: each area in the colour of its class, its name and number in it.

import { drawAreas, drawNames } from './area_drawing.js';
import { COUNTRY_ONLY, FIRST_AREA, NO_PLACE, OUTSIDE, SEVERAL, nameOf } from './area_levels.js';
import { RAMPS, classOf, colourOf, describeClasses, makeBreaks, numberText } from './classes.js';
import { countOf, make } from './dom.js';
import { rowsAt } from './incidents.js';
import { measurer } from './labels.js';
import { toPosition } from './project.js';
import { classSwatch } from './swatches.js';
import { areaReachNotes, leavesOut, sumUp } from './area_sums.js';
import { total } from './by_place.js';
import { WITHIN, beyondRange, beyondText, deathNotes, makeReachSwitch } from './reach.js';
import { THEMES } from './theme.js';

/** @typedef {import('./app.js').App} App */

/** What is counted, and how the menu calls it. */
const MEASURES = /** @type {const} */ ([
  ['incidents', 'Incidents'],
  ['deaths', 'Deaths reported'],
  ['monthly', 'Incidents per month'],
]);

/** @typedef {import('./area_sums.js').Sums} Sums */
/** @typedef {import('./area_sums.js').State} State */

/**
 * @param {App} app
 * @param {import('./views.js').Block} block
 * @param {() => void} redraw
 * @returns {import('./views.js').Picture}
 */
export function makeChoropleth(app, { levels, deaths }, redraw) {
  const chosen = () => {
    count();
    redraw();
    app.kept.touched();
  };
  const reach = makeReachSwitch(chosen);
  /** @type {State} */
  const state = { level: levels[0], measure: MEASURES[0][0], reach };
  const count = () => (sums = sumUp(app, state, deaths));
  const menus = makeMenus(levels, state, chosen);
  const controls = make('div', {}, menus.element, reach.element);
  const probe = document.createElement('canvas').getContext('2d');
  let sums = sumUp(app, state, deaths);
  /** @type {{ path: Path2D, index: number }[]} */
  let drawn = [];

  /** @param {number} index */
  const rowsIn = (index) => {
    const { codes } = state.level;
    const places = Array.from(codes.keys()).filter((place) => codes[place] === index + FIRST_AREA);
    const rows = rowsAt(app.incidents, places, app.failures);
    const reaches = leavesOut(state) && beyondRange(app);
    return reaches ? rows.filter((row) => !reaches(row)) : rows;
  };
  return {
    count,
    draw(context, view) {
      const theme = THEMES[app.settings.theme];
      const { classes } = RAMPS[app.settings.theme];
      const breaks = makeBreaks(sums.values);
      const colours = Array.from(sums.values, (value) =>
        value > 0 ? colourOf(classOf(value, breaks), breaks.length + 1, classes) : '');
      drawn = drawAreas(context, view, state.level.areas, colours, theme);
      if (!probe) return { boxes: [], said: [] };
      return drawNames(context, view, state.level.areas, textsOf(app, sums, state), { theme, measure: measurer(probe) });
    },
    find(x, y) {
      const found = drawn.find(({ path }) => probe?.isPointInPath(path, x, y, 'evenodd'));
      if (!found) return undefined;
      const { index } = found;
      const lines = [nameOf(state.level.areas[index], app.settings.language), valueText(sums, state, index)];
      const beyond = sums.beyond?.[index + FIRST_AREA];
      if (beyond && !reach.isOn()) lines.push(beyondText(beyond));
      return { lines, rows: () => rowsIn(index) };
    },
    legend() {
      reach.show(state.measure === 'deaths' && (reach.isOn() || total(sums.beyond ?? []) > 0));
      return {
        title: titleOf(sums, state),
        controls,
        choices: [`Areas: ${state.level.title}`],
        items: itemsOf(app, sums),
        notes: notesOf(app, sums, state),
        list: listOf(app, sums, state, rowsIn),
      };
    },
    get() {
      const own = [state.level.key, state.measure, ...(leavesOut(state) ? [WITHIN] : [])].join('.');
      return own === `${levels[0].key}.incidents` ? '' : own;
    },
    set(text) {
      const [level, measure, within] = text.split('.');
      menus.set(level, measure);
      reach.set(within === WITHIN);
      count();
      redraw();
    },
  };
}

/**
 * The menus of levels and measures, which write what is chosen into `state`.
 * @param {import('./area_levels.js').Level[]} levels
 * @param {State} state
 * @param {() => void} chosen
 */
function makeMenus(levels, state, chosen) {
  const area = menu('Areas', levels.map(({ key, title }) => [key, title]));
  const measure = menu('Show', MEASURES);
  /** @param {(string | undefined)[]} names of a level and a measure; the first for one that is none */
  const set = (...names) => {
    state.level = levels.find(({ key }) => key === names[0]) ?? levels[0];
    state.measure = (MEASURES.find(([key]) => key === names[1]) ?? MEASURES[0])[0];
    area.select.value = state.level.key;
    measure.select.value = state.measure;
  };
  for (const { select } of [area, measure]) {
    select.addEventListener('change', () => {
      set(area.select.value, measure.select.value);
      chosen();
    });
  }
  return { element: make('div', { class: 'im-scale-menus' }, area.label, measure.label), set };
}

/**
 * @param {string} title
 * @param {readonly (readonly [string, string])[]} entries
 */
function menu(title, entries) {
  const select = make('select', { 'aria-label': title }, ...entries.map(([value, text]) => make('option', { value }, text)));
  return { select, label: make('label', {}, make('span', {}, title), select) };
}

/**
 * @param {Sums} sums
 * @param {State} state
 */
function titleOf({ months }, { measure }) {
  // What is no rate is not called one.
  const shown = measure === 'monthly' && !months ? 'incidents' : measure;
  return `${MEASURES.find(([key]) => key === shown)?.[1]} by area`;
}

/**
 * An area's number in words.
 * @param {Sums} sums
 * @param {{ measure: string }} state
 * @param {number} index
 */
function valueText({ counts, values, months }, { measure }, index) {
  const count = counts[index + FIRST_AREA];
  const incidents = count ? countOf(count, 'incident') : 'no incidents';
  if (measure === 'incidents' || !count) return incidents;
  if (measure === 'monthly') return !months ? countOf(values[index], 'incident') : `${numberText(values[index])} incidents per month`;
  return values[index] ? `${countOf(values[index], 'death')} reported in ${incidents}` : `no deaths reported in ${incidents}`;
}

/**
 * What stands in each area: its name, and its number where it has one.
 * @param {App} app
 * @param {Sums} sums
 * @param {{ level: import('./area_levels.js').Level }} state
 */
function textsOf({ settings }, { values }, { level }) {
  return level.areas.map((area, i) => ({ name: nameOf(area, settings.language), value: values[i] > 0 ? numberText(values[i]) : '', rank: values[i] }));
}

/**
 * @param {App} app
 * @param {Sums} sums
 * @returns {import('./legend.js').Item[]}
 */
function itemsOf({ settings: { theme } }, { values }) {
  const { classes } = RAMPS[theme];
  const breaks = makeBreaks(values);
  const found = describeClasses(breaks, values);
  const items = found.map(({ text, count }, i) => ({
    swatch: classSwatch(colourOf(i, found.length, classes), theme), text, count: countOf(count, 'area'),
  }));
  items.reverse();
  const none = values.filter((value) => !(value > 0)).length;
  if (none) items.push({ swatch: classSwatch('', theme), text: 'none', count: countOf(none, 'area') });
  return items;
}

/** @type {[number, string][]} */
const REASONS = [
  [NO_PLACE, 'without a location'],
  [COUNTRY_ONLY, 'known to a country only'],
  [SEVERAL, 'that may lie in any of several areas'],
  [OUTSIDE, 'outside every area'],
];

/**
 * What the numbers leave out, and whose they are.
 * @param {App} app
 * @param {Sums} sums
 * @param {State} state
 * @returns {string[]}
 */
function notesOf(app, sums, state) {
  const { counts, unknown, abroad, left, days, months } = sums;
  const { shown } = app.totals();
  if (!shown) return ['No incident passes the filters.'];
  const isPart = total(counts) < shown;
  const reasons = REASONS.filter(([code]) => counts[code])
    .map(([code, text]) => `${numberText(counts[code])} ${text}`);
  const missing = total(counts.subarray(0, FIRST_AREA));
  const notes = missing
    ? [`Not in any area: ${numberText(missing)} of the ${countOf(total(counts), 'incident')} ${isPart ? 'counted' : 'shown'} (${reasons.join(', ')}).`]
    : [`Every ${isPart ? 'other ' : ''}incident shown is counted in one area.`];
  if (abroad) {
    notes.push(`${countOf(abroad, 'incident')} ${abroad === 1 ? 'lies' : 'lie'} far across a border from the country that ${abroad === 1 ? 'its row names and counts where it lies' : 'their rows name and count where they lie'}.`);
  }
  if (state.measure === 'deaths') notes.unshift(...areaReachNotes(sums, state));
  if (state.measure === 'deaths') notes.push(...deathNotes(unknown));
  if (state.measure === 'monthly') {
    notes.push(months ? `Over ${months.toFixed(1)} months shown.` : `In ${countOf(days, 'day')}: too short for a rate a month. The numbers are incidents.`);
    if (left) notes.push(`${countOf(left, 'incident')} without a date not counted.`);
  }
  return notes;
}

/**
 * The areas as a list of buttons, the largest number first.
 * @param {App} app
 * @param {Sums} sums
 * @param {{ level: import('./area_levels.js').Level, measure: string }} state
 * @param {(index: number) => number[]} rowsIn
 */
function listOf(app, sums, { level, measure }, rowsIn) {
  const { values, counts } = sums;
  const wanted = [...level.areas.keys()].filter((index) => counts[index + FIRST_AREA]);
  wanted.sort((a, b) => values[b] - values[a] || level.areas[a].name.localeCompare(level.areas[b].name));
  const entries = wanted.map((index) => ({
    name: nameOf(level.areas[index], app.settings.language),
    value: measure === 'deaths' && !values[index] ? 'none reported' : numberText(values[index]),
    open() {
      const { x, y } = level.areas[index].label;
      const { lon, lat } = toPosition(x, y);
      app.open(rowsIn(index), [lat, lon]);
    },
  }));
  return { title: 'List of areas', entries };
}
