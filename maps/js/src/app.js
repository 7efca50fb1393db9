// What the parts of the page share: the incidents, the filters, the settings, and who wants to
// hear of changes.

import { applyFilters, countShown } from './filters.js';
import { makeKept } from './kept.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./filters.js').Changed} Changed */

/**
 * How the incidents are shown; parts of the page may add further settings of their own.
 * @typedef {object} Settings
 * @property {string} view 'marks' or another way of drawing them
 * @property {'light' | 'dark'} theme
 * @property {string} language of the base map's names, such as 'en' or 'ar'
 */

/**
 * @typedef {object} App
 * @property {import('leaflet').Map} map
 * @property {Incidents} incidents
 * @property {import('./details.js').Details} details
 * @property {import('./filters.js').Filters} filters
 * @property {Uint16Array} failures bits of the filters each row fails
 * @property {(what?: Changed) => void} changed to be called when a filter
 *   was set: which one, or all
 * @property {(listen: (what?: Changed) => void) => void} onChange after filters have changed
 * @property {() => ReturnType<typeof countShown>} totals
 * @property {Settings} settings to be read only; `set` changes them
 * @property {<K extends keyof Settings>(name: K, value: Settings[K]) => void} set
 * @property {(listen: () => void) => void} onSetting after a setting has changed
 * @property {import('./kept.js').Kept} kept what of the page's state a link to it carries
 * @property {(rows: number[], at: import('leaflet').LatLngExpression) => void} open
 * @property {(rows: number[]) => void} goTo flies to the rows' places and opens them
 */

/**
 * The shared state, with every filter open.
 * @param {Pick<App, 'map' | 'incidents' | 'details'>} parts
 * @param {Partial<Settings>} [given]
 * @returns {App}
 */
export function makeApp({ map, incidents, details }, given = {}) {
  const { header, columns, count, dated, start, end } = incidents;
  const failures = new Uint16Array(count);
  const facets = header.facets.map(
    /** @param {import('./incidents.js').FacetSpec} spec */
    (spec) => ({
      column: spec.column,
      codes: columns[spec.column],
      sets: spec.sets,
      passes: new Uint8Array(spec.entries.length).fill(1),
    }),
  );
  const time = { first: -Infinity, last: Infinity, undated: true };
  /** @type {((what?: Changed) => void)[]} */
  const listeners = [];
  /** @type {(() => void)[]} */
  const settingListeners = [];
  let totals = countShown(failures, columns.place, dated);
  /** @type {App} */
  const app = {
    map,
    incidents,
    details,
    filters: { facets, time, rows: undefined },
    failures,
    changed(what) {
      applyFilters(app.filters, { start, end, dated }, failures, what);
      totals = countShown(failures, columns.place, dated);
      for (const listen of listeners) listen(what);
      app.kept.touched();
    },
    onChange: (listen) => listeners.push(listen),
    totals: () => totals,
    settings: { view: 'marks', theme: 'light', language: 'en', ...given },
    set(name, value) {
      if (app.settings[name] === value) return;
      app.settings[name] = value;
      for (const listen of settingListeners) listen();
      app.kept.touched();
    },
    onSetting: (listen) => settingListeners.push(listen),
    kept: makeKept(),
    open: () => {},
    goTo: () => {},
  };
  return app;
}
