// The layer panel, which is the legend too: what is filtered, a group for each facet, the marks.

import { button, countOf, make, numberText } from './dom.js';
import { makeGroup } from './facet_group.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').FacetSpec} FacetSpec */

/** Above so many rows counts take long enough to be felt while a slider moves: they come after. */
const COUNT_AT_ONCE = 200_000;
const COUNT_DELAY_MS = 120;

/**
 * The panel's body.
 * @param {App} app
 * @returns {HTMLElement}
 */
export function makeLayers(app) {
  const specs = /** @type {FacetSpec[]} */ (app.incidents.header.facets);
  const groups = specs.map((spec, index) => makeGroup(app, spec, index));
  const clear = makeClear(app, () => element.focus());
  const element = make(
    'div',
    { class: 'im-groups', tabindex: -1 },
    clear.element,
    ...groups.map((group) => group.element),
    markLegend(app.incidents),
  );
  const count = whileInSight(element, () => groups.forEach((group) => group.update()));
  const later = app.incidents.count > COUNT_AT_ONCE ? delayed(count) : count;
  app.onChange(() => {
    groups.forEach((group) => group.sync());
    clear.sync();
    later();
  });
  // Once the panel stands in the page, it is known whether it is open.
  queueMicrotask(count);
  return element;
}

/**
 * Runs while the element is in sight; what was asked for meanwhile, once it is again.
 * @param {HTMLElement} element
 * @param {() => void} run
 */
function whileInSight(element, run) {
  let isStale = false;
  const start = () => {
    isStale = !element.isConnected || Boolean(element.closest('[hidden]'));
    if (!isStale) run();
  };
  new ResizeObserver(() => {
    if (isStale) start();
  }).observe(element);
  return start;
}

/**
 * Runs a while after it was asked for, however often that was.
 * @param {() => void} run
 */
function delayed(run) {
  let timer = 0;
  return () => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      run();
    }, COUNT_DELAY_MS);
  };
}

/**
 * How many incidents the filters leave, and the way out of all of them.
 * @param {App} app
 * @param {() => void} leave moves the focus on, for the button goes
 */
function makeClear(app, leave) {
  const said = make('span');
  const press = button('Clear all filters', () => {
    clearFilters(app);
    leave();
  });
  const element = make('div', { class: 'im-clear' }, said, press);
  const sync = () => {
    element.hidden = !isFiltered(app.filters);
    said.textContent = `${numberText(app.totals().shown)} of ${countOf(app.incidents.count, 'incident')} shown`;
  };
  sync();
  return { element, sync };
}

/**
 * Whether any filter is set.
 * @param {import('./filters.js').Filters} filters
 */
function isFiltered({ facets, time, rows }) {
  const isTimed = time.first !== -Infinity || time.last !== Infinity || !time.undated;
  return isTimed || Boolean(rows) || facets.some(({ passes }) => !passes.every(Boolean));
}

/** @param {App} app */
function clearFilters(app) {
  const { filters } = app;
  filters.facets.forEach(({ passes }) => passes.fill(1));
  Object.assign(filters.time, { first: -Infinity, last: Infinity, undated: true });
  filters.rows = undefined;
  app.changed();
}

/**
 * What the marks' forms mean.
 * @param {import('./incidents.js').Incidents} incidents
 */
function markLegend({ shapes }) {
  const isJoined = shapes.some(({ kind }) => kind === 'points');
  const items = [
    ['im-key-point', 'mark: a place, with its radius'],
    ['im-key-area', 'dashed: somewhere within this area'],
    ['im-key-share', 'dashes about a number: that share of it is known to an area only'],
    ['im-key-line', 'dotted: direction of advance'],
    ...(isJoined ? [['im-key-joined', 'dashes and dots: one incident at several places']] : []),
  ];
  const rows = items.map(([name, text]) => make('li', {}, make('span', { class: `im-key ${name}` }), text));
  return make('div', { class: 'im-keys' }, make('h3', {}, 'How sure'), make('ul', {}, ...rows));
}
