// What the parts of the page share: the incidents, the filters, the settings, and who wants to
// hear of changes.

import { makeKept } from './kept.js';
import { makeTally } from './running_counts.js';

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
 * @property {(listen: (what?: Changed) => void, within?: Element) => void} onChange after filters
 *   have changed; where `within` is given and lies in something hidden, not before it is shown
 * @property {() => void} revealed to be called when something hidden is shown
 * @property {import('./running_counts.js').Tally} tally counts that follow the filters
 * @property {Uint32Array} counts rows shown at each place, 0 for those without one; always current
 * @property {(listen: () => void) => void} onCounts after `counts` have changed, before `onChange`
 * @property {() => import('./running_counts.js').Tally['totals']} totals
 * @property {Settings} settings to be read only; `set` changes them
 * @property {<K extends keyof Settings>(name: K, value: Settings[K]) => void} set
 * @property {(listen: () => void) => void} onSetting after a setting has changed
 * @property {import('./kept.js').Kept} kept what of the page's state a link to it carries
 * @property {() => import('./legend.js').Legend | undefined} legend of the view that is drawn in
 *   place of the marks
 * @property {import('./searched.js').Searched} searched what is searched for, and how far
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
  const { header, columns, count, places } = incidents;
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
  const filters = { facets, time, rows: undefined };
  const sizes = { places: places.x.length, types: header.facets[0].entries.length };
  const tally = makeTally(incidents, sizes, filters, failures);
  const counted = makeListeners();
  const changed = makeListeners();
  const set = makeListeners();
  /** @type {App} */
  const app = {
    map,
    incidents,
    details,
    filters,
    failures,
    changed(what) {
      tally.apply(what);
      counted.tell(what);
      changed.tell(what);
      app.kept.touched();
    },
    onChange: changed.add,
    revealed: changed.tellLate,
    tally,
    get counts() {
      return tally.places;
    },
    onCounts: counted.add,
    totals: () => ({ ...tally.totals }),
    settings: { view: 'marks', theme: 'light', language: 'en', ...given },
    set(name, value) {
      if (app.settings[name] === value) return;
      app.settings[name] = value;
      set.tell();
      app.kept.touched();
    },
    onSetting: set.add,
    kept: makeKept(),
    legend: () => undefined,
    searched: { query: '', share: 1, ended: undefined },
    open: () => {},
    goTo: () => {},
  };
  return app;
}

/**
 * Those who want to hear of something; what lies in something hidden hears when it is shown.
 */
function makeListeners() {
  /** @type {{ listen: (what?: Changed) => void, within: Element | undefined, late: boolean }[]} */
  const listeners = [];
  return {
    /** @param {(what?: Changed) => void} listen @param {Element} [within] */
    add: (listen, within) => void listeners.push({ listen, within, late: false }),
    /** @param {Changed} [what] */
    tell(what) {
      for (const listener of listeners) {
        listener.late = Boolean(listener.within?.closest('[hidden]'));
        if (!listener.late) listener.listen(what);
      }
    },
    tellLate() {
      for (const listener of listeners) {
        if (!listener.late || listener.within?.closest('[hidden]')) continue;
        listener.late = false;
        listener.listen();
      }
    },
  };
}
