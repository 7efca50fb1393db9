// Web Mercator in units of the world's width: x and y from 0 to 1, y growing southwards.

const LIMIT_LAT = 85.0511287798;
const RADIANS = Math.PI / 180;
const EARTH_KM = 6371.0088;

/**
 * x of a longitude in degrees; beyond 180 it goes on past 1.
 * @param {number} lon
 */
export function toX(lon) {
  return (lon + 180) / 360;
}

/**
 * y of a latitude in degrees; the poles lie at the edge of the map, not at infinity.
 * @param {number} lat
 */
export function toY(lat) {
  const sine = Math.sin(Math.max(-LIMIT_LAT, Math.min(LIMIT_LAT, lat)) * RADIANS);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/**
 * Longitude and latitude in degrees of a place on the map.
 * @param {number} x
 * @param {number} y
 * @returns {{ lon: number, lat: number }}
 */
export function toPosition(x, y) {
  const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) / RADIANS;
  return { lon: x * 360 - 180, lat };
}

/**
 * How wide a kilometre is, in widths of the world, at a latitude.
 * @param {number} lat
 */
export function widthOfKm(lat) {
  const shrink = Math.cos(Math.max(-LIMIT_LAT, Math.min(LIMIT_LAT, lat)) * RADIANS);
  return 1 / (2 * Math.PI * EARTH_KM * Math.max(shrink, 1e-6));
}

/**
 * Copies of the world a view shows: whole numbers to add to x.
 * @param {number} left x of the view's left edge
 * @param {number} right
 * @returns {number[]}
 */
export function worldCopies(left, right) {
  const copies = [];
  for (let copy = Math.floor(left); copy <= Math.floor(right); copy++) copies.push(copy);
  return copies.slice(0, 5);
}

/**
 * The outline of a circle on the sphere, as x, y pairs on the map.
 * @param {number} lon
 * @param {number} lat
 * @param {number} radiusKm
 * @param {number} [corners]
 * @returns {Float64Array}
 */
export function circleOutline(lon, lat, radiusKm, corners = 64) {
  const outline = new Float64Array(2 * corners);
  const angle = radiusKm / EARTH_KM;
  const sinLat = Math.sin(lat * RADIANS);
  const cosLat = Math.cos(lat * RADIANS);
  for (let i = 0; i < corners; i++) {
    const bearing = (2 * Math.PI * i) / corners;
    const sine = sinLat * Math.cos(angle) + cosLat * Math.sin(angle) * Math.cos(bearing);
    const turn = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * cosLat,
      Math.cos(angle) - sinLat * sine,
    );
    outline[2 * i] = toX(lon + turn / RADIANS);
    outline[2 * i + 1] = toY(Math.asin(sine) / RADIANS);
  }
  return outline;
}

/**
 * Longitudes side by side, whichever way round the world is shorter: cut at the widest stretch
 * without any, in the copy of the world whose middle is nearest to a longitude.
 * @param {number[]} lons degrees
 * @param {number} about degrees
 * @returns {number[]}
 */
export function unwrapLons(lons, about) {
  const sorted = lons.map((lon) => lon - 360 * Math.floor((lon + 180) / 360)).sort((a, b) => a - b);
  let [first, widest] = [sorted[0], sorted[0] + 360 - sorted[sorted.length - 1]];
  for (let at = 1; at < sorted.length; at++) {
    const gap = sorted[at] - sorted[at - 1];
    if (gap > widest) [first, widest] = [sorted[at], gap];
  }
  const middle = first + (360 - widest) / 2;
  const west = first + 360 * Math.round((about - middle) / 360);
  return lons.map((lon) => west + (lon - first) - 360 * Math.floor((lon - first) / 360));
}
