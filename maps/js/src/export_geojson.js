// Rows as GeoJSON by RFC 7946.

import { geometryOf } from './row_geometry.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */

/**
 * How GeoJSON is written.
 * @param {Incidents} incidents
 * @returns {import('./export.js').Writer}
 */
export function geojsonWriter(incidents) {
  const names = incidents.header.export.columns.map((/** @type {[string, string]} */ [name]) => name);
  const idAt = names.indexOf('incident_id');
  return {
    type: 'application/geo+json',
    suffix: '.geojson',
    head: '{"type":"FeatureCollection","features":[\n',
    foot: '\n]}\n',
    write: (values, row, isFirst) => {
      const id = values[idAt] ? { id: values[idAt] } : {};
      const properties = Object.fromEntries(values.map((value, index) => [names[index], value]));
      const feature = { type: 'Feature', ...id, geometry: geometryOf(incidents, row), properties };
      return (isFirst ? '' : ',\n') + JSON.stringify(feature);
    },
  };
}
