// What the parts of the page share: the incidents, the filters, and who wants to hear of changes.

import { applyFilters, countShown } from './filters.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */

/**
 * @typedef {object} App
 * @property {import('leaflet').Map} map
 * @property {Incidents} incidents
 * @property {import('./details.js').Details} details
 * @property {import('./filters.js').Filters} filters
 * @property {Uint8Array} failures bits of the filters each row fails
 * @property {() => void} changed to be called when a filter was set
 * @property {(listen: () => void) => void} onChange
 * @property {() => ReturnType<typeof countShown>} totals
 * @property {(rows: number[], at: import('leaflet').LatLngExpression) => void} open
 * @property {(rows: number[]) => void} goTo flies to the rows' places and opens them
 */

/**
 * The shared state, with every filter open.
 * @param {Pick<App, 'map' | 'incidents' | 'details'>} parts
 * @returns {App}
 */
export function makeApp({ map, incidents, details }) {
  const { header, columns, count, dated, start, end } = incidents;
  const failures = new Uint8Array(count);
  const facets = header.facets.map((/** @type {import('./incidents.js').FacetSpec} */ spec) => ({
    column: spec.column,
    codes: columns[spec.column],
    passes: new Uint8Array(spec.entries.length).fill(1),
  }));
  const time = { first: -Infinity, last: Infinity, undated: true };
  /** @type {(() => void)[]} */
  const listeners = [];
  let totals = countShown(failures, columns.place, dated);
  /** @type {App} */
  const app = {
    map,
    incidents,
    details,
    filters: { facets, time },
    failures,
    changed() {
      applyFilters(app.filters, { start, end, dated }, failures);
      totals = countShown(failures, columns.place, dated);
      for (const listen of listeners) listen();
    },
    onChange: (listen) => listeners.push(listen),
    totals: () => totals,
    open: () => {},
    goTo: () => {},
  };
  return app;
}
