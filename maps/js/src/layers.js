// The layer control, which is the legend too: groups of entries, each with mark, count and switch.

import { button, make, outside } from './dom.js';
import { countFacet } from './filters.js';
import { symbolCanvas } from './symbols.js';
import { precisionText } from './words.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').FacetSpec} FacetSpec */

/**
 * The panel's body: a group of switches for each facet.
 * @param {App} app
 * @returns {HTMLElement}
 */
export function makeLayers(app) {
  const specs = /** @type {FacetSpec[]} */ (app.incidents.header.facets);
  const groups = specs.map((spec, index) => makeGroup(app, spec, index));
  const update = () => groups.forEach((group) => group.update());
  const body = make('div', { class: 'im-groups' }, ...groups.map((group) => group.element), markLegend());
  app.onChange(update, body);
  update();
  return body;
}

/**
 * @param {App} app
 * @param {FacetSpec} spec
 * @param {number} index
 */
function makeGroup(app, spec, index) {
  const facet = app.filters.facets[index];
  const rows = spec.entries.map((entry, code) => makeEntry(app, spec, index, entry, code));
  /** @param {boolean} on */
  const setAll = (on) => {
    facet.passes.fill(on ? 1 : 0);
    rows.forEach(({ box }) => (box.checked = on));
    app.changed(index);
  };
  const element = make(
    'fieldset',
    { class: `im-group im-group-${spec.column}` },
    make('legend', {}, spec.title),
    make(
      'span',
      { class: 'im-all' },
      button('all', () => setAll(true), { 'aria-label': `Show all: ${spec.title}` }),
      button('none', () => setAll(false), { 'aria-label': `Hide all: ${spec.title}` }),
    ),
    ...rows.map(({ label }) => label),
  );
  const update = () => {
    const counts = countFacet(facet, index, app.failures);
    rows.forEach(({ count, label }, code) => {
      count.textContent = counts[code].toLocaleString('en');
      label.classList.toggle('im-none', !counts[code]);
    });
  };
  return { element, update };
}

/**
 * @param {App} app
 * @param {FacetSpec} spec
 * @param {number} index
 * @param {import('./incidents.js').FacetEntry} entry
 * @param {number} code
 */
function makeEntry(app, spec, index, entry, code) {
  const { passes } = app.filters.facets[index];
  const box = make('input', { type: 'checkbox', checked: true });
  box.addEventListener('change', () => {
    passes[code] = box.checked ? 1 : 0;
    app.changed(index);
  });
  const count = make('span', { class: 'im-count' });
  const text = spec.column === 'precision' ? precisionText(entry.label) : entry.label;
  const mark = entry.symbol ? symbolCanvas(entry) : '';
  const label = make('label', {}, box, mark, make('span', { class: 'im-label' }, outside(text)), count);
  return { box, label, count };
}

/** What the marks' forms mean. */
function markLegend() {
  const items = [
    ['im-key-point', 'mark: a place, with its radius'],
    ['im-key-area', 'dashed: somewhere within this area'],
    ['im-key-share', 'dashes about a number: that share of it is known to an area only'],
    ['im-key-line', 'dotted: direction of advance'],
  ];
  const rows = items.map(([name, text]) => make('li', {}, make('span', { class: `im-key ${name}` }), text));
  return make('div', { class: 'im-keys' }, make('h3', {}, 'How sure'), make('ul', {}, ...rows));
}
