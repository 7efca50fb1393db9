// The script that our layers bring into somebody else's folium map, which has Leaflet already.

import { addLayer } from './plain_layer.js';

Object.assign(window, { IncidentMapper: { addLayer } });
