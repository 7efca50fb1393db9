// A group of the layer panel: a facet's title, how much of it is ticked, all, none, its entries.

import { button, make } from './dom.js';
import { countFacet } from './filters.js';
import { makeEntryList } from './facet_list.js';
import { FACET_KEY, shortText } from './state.js';
import { missingLabels, packTicks, ticksText, unpackTicks } from './ticks.js';
import { precisionText } from './words.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').FacetSpec} FacetSpec */
/** @typedef {import('./filters.js').Facet} Facet */

/** What explains the marks stands open; every other group is opened by who wants it. */
const OPEN_GROUPS = ['type', 'precision'];

/**
 * A group: `update` counts anew, if it is open; `sync` sets its switches. Both are cheap while it
 * is closed.
 * @param {App} app
 * @param {FacetSpec} spec
 * @param {number} index its place among the facets
 */
export function makeGroup(app, spec, index) {
  const facet = app.filters.facets[index];
  const { passes } = facet;
  const changed = () => app.changed(index);
  const list = makeEntryList({ spec, labels: spec.entries.map(({ label }) => wordsOf(spec, label)), passes, changed });
  const body = make('div', { class: 'im-group-body', id: `im-group-${index}` }, list.element);
  const update = () => {
    if (!body.hidden) list.show(countFacet(facet, index, app.failures));
  };
  const head = makeHead(spec, facet, { body, opened: update });
  const all = makeAll(spec, passes, changed);
  body.prepend(all.element);
  if (spec.sets) body.append(make('p', { class: 'im-quiet' }, 'Some incidents have several; such a one is shown while one of them is ticked.'));
  const sync = () => {
    head.sync();
    all.sync();
    list.sync();
  };
  app.kept.add(partOf(app, spec, index));
  const fold = OPEN_GROUPS.includes(spec.column) ? '' : ' im-foldable';
  const element = make('fieldset', { class: `im-group im-group-${spec.column}${fold}` }, head.element, body);
  element.hidden = !spec.entries.length; // a table of no rows: neither all nor none of nothing
  return { element, update, sync };
}

/**
 * A label as it is written.
 * @param {FacetSpec} spec
 * @param {string} label
 */
function wordsOf({ column }, label) {
  return column === 'precision' ? precisionText(label) : label || 'not given';
}

/**
 * The title, which opens and closes most groups, and how much is ticked.
 * @param {FacetSpec} spec
 * @param {Facet} facet
 * @param {{ body: HTMLElement, opened: () => void }} parts
 */
function makeHead({ column, title }, { passes }, { body, opened }) {
  const note = make('span', { class: 'im-ticked' });
  const sync = () => {
    const isAll = passes.every(Boolean);
    note.textContent = isAll && OPEN_GROUPS.includes(column) ? '' : ticksText(passes);
    note.classList.toggle('im-some', !isAll);
  };
  sync();
  if (OPEN_GROUPS.includes(column)) return { element: make('legend', {}, title, ' ', note), sync };
  body.hidden = true;
  const toggle = button(title, () => {
    body.hidden = !body.hidden;
    toggle.setAttribute('aria-expanded', String(!body.hidden));
    opened();
  }, { class: 'im-toggle', 'aria-expanded': 'false', 'aria-controls': body.id });
  toggle.append(' ', note);
  return { element: make('legend', {}, toggle), sync };
}

/**
 * The buttons "all" and "none".
 * @param {FacetSpec} spec
 * @param {Uint8Array} passes
 * @param {() => void} changed
 */
function makeAll({ title }, passes, changed) {
  /** @param {string} text @param {string} label @param {0 | 1} value */
  const setter = (text, label, value) => {
    const press = () => {
      passes.fill(value);
      changed();
    };
    return { value, element: button(text, press, { 'aria-label': `${label}: ${title}` }) };
  };
  const setters = [setter('all', 'Show all', 1), setter('none', 'Show none', 0)];
  const sync = () => {
    for (const { value, element } of setters) {
      element.setAttribute('aria-pressed', String(passes.every((passing) => passing === value)));
    }
  };
  sync();
  return { element: make('span', { class: 'im-all' }, ...setters.map(({ element }) => element)), sync };
}

/**
 * What a link keeps of the group.
 * @param {App} app
 * @param {FacetSpec} spec
 * @param {number} index
 * @returns {import('./kept.js').Part}
 */
function partOf(app, spec, index) {
  const { column, title, entries } = spec;
  const { passes } = app.filters.facets[index];
  const labels = entries.map(({ label }) => label);
  return {
    key: `${FACET_KEY}${column}`,
    get: () => packTicks(labels, passes),
    set(text) {
      const ticks = unpackTicks(labels, text);
      passes.set(ticks ?? passes.map(() => 1));
      app.changed(index);
      if (!ticks) return `${title}: not applied, for the link counts the entries of another edition of the file; all are shown`;
      const missing = missingLabels(labels, text).map((label) => `“${shortText(wordsOf(spec, label))}”`);
      return missing.length ? `${title}: this file has no ${missing.join(', ')}` : undefined;
    },
  };
}
