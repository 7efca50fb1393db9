// The script of a page of ours: Leaflet, and what folium's scripts call.

import * as L from 'leaflet';
import { fromHtml, useOwnMarker } from './folium_parts.js';
import { show } from './page.js';
import { addLayer } from './plain_layer.js';

useOwnMarker();
// A copy: a module itself cannot be added to, and plugins of folium do that.
Object.assign(window, { L: { ...L }, $: fromHtml, IncidentMapper: { show, addLayer } });
