// Rings, lines and points in degrees to GeoJSON geometries: holes in their areas, outer rings
// counter-clockwise, all cut at the antimeridian (RFC 7946, 3.1.6 and 3.1.9).

/** @typedef {[number, number]} Position longitude, latitude */
/** @typedef {{ type: string, coordinates: any }} Geometry */

/**
 * A geometry of parts as the page holds them: kind 0 lines, 1 rings of areas, 2 points.
 * @param {number} kind
 * @param {Position[][]} parts
 * @returns {Geometry}
 */
export function toGeometry(kind, parts) {
  if (kind === 2) return { type: 'MultiPoint', coordinates: parts.flat().map(([lon, lat]) => [wrapLon(lon), lat]) };
  if (kind === 0) return single('LineString', parts.flatMap((line) => cutPart(line, false)));
  return single('Polygon', toPolygons(parts).flatMap(cutPolygon));
}

/**
 * @param {'LineString' | 'Polygon'} type
 * @param {any[]} all
 * @returns {Geometry}
 */
function single(type, all) {
  return all.length === 1 ? { type, coordinates: all[0] } : { type: `Multi${type}`, coordinates: all };
}

/**
 * Rings to polygons: one that lies in an even number of others is an outer ring, and the rings
 * just within it are its holes. Outer rings run counter-clockwise, holes clockwise.
 * @param {Position[][]} rings
 * @returns {Position[][][]}
 */
export function toPolygons(rings) {
  const boxes = rings.map(boxOf);
  const holders = rings.map((ring, index) => rings.flatMap((other, number) =>
    number !== index && isWithin(boxes[index], boxes[number]) && liesIn(ring, other) ? [number] : []));
  /** @type {Map<number, Position[][]>} */
  const polygons = new Map();
  rings.forEach((ring, index) => {
    if (holders[index].length % 2 === 0) polygons.set(index, [wind(ring, 1)]);
  });
  rings.forEach((ring, index) => {
    if (holders[index].length % 2 === 0) return;
    const outer = holders[index].find((number) => holders[number].length === holders[index].length - 1);
    polygons.get(outer ?? -1)?.push(wind(ring, -1));
  });
  return [...polygons.values()];
}

/** @param {Position[]} points @returns {[number, number, number, number]} */
export function boxOf(points) {
  const box = /** @type {[number, number, number, number]} */ ([Infinity, Infinity, -Infinity, -Infinity]);
  for (const [lon, lat] of points) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/** @param {number[]} inner @param {number[]} outer */
function isWithin(inner, outer) {
  return inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3];
}

/**
 * Whether a ring lies in another: most of its corners do, for rounding can let some touch it.
 * @param {Position[]} ring
 * @param {Position[]} other
 */
function liesIn(ring, other) {
  const inside = ring.filter((point) => isIn(point, other)).length;
  return inside * 2 > ring.length;
}

/** @param {Position} point @param {Position[]} ring */
function isIn([lon, lat], ring) {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1];
    const [bx, by] = ring[i];
    if (ay > lat !== by > lat && lon < ax + ((lat - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

/**
 * The ring turned so that its area has the sign asked for: 1 is counter-clockwise.
 * @param {Position[]} ring
 * @param {1 | -1} sign
 */
function wind(ring, sign) {
  let area = 0;
  for (let i = 1; i < ring.length; i++) area += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return area * sign < 0 ? [...ring].reverse() : ring;
}

/** @param {Position[][]} polygon @returns {Position[][][]} */
function cutPolygon(polygon) {
  const [outer, ...holes] = polygon;
  const pieces = cutPart(outer, true);
  if (pieces.length === 1) return [[pieces[0], ...holes.flatMap((hole) => cutPart(hole, true))]];
  return pieces.map((piece) => {
    const box = boxOf(piece);
    const own = holes.flatMap((hole) => cutPart(hole, true)).filter((hole) => isWithin(boxOf(hole), box));
    return [piece, ...own];
  });
}

/**
 * A line or ring cut at the antimeridian into pieces between -180 and 180 (RFC 7946, 3.1.9).
 * @param {Position[]} points
 * @param {boolean} isRing
 * @returns {Position[][]}
 */
export function cutPart(points, isRing) {
  const [west, , east] = boxOf(points);
  if (west >= -180 && east <= 180) return [points];
  const pieces = [];
  for (let turn = Math.floor((west + 180) / 360); turn <= Math.floor((east + 180) / 360); turn++) {
    const [low, high] = [turn * 360 - 180, turn * 360 + 180];
    const cut = isRing ? clipRing(clipRing(points, low, 1), high, -1) : clipLine(points, low, high);
    const own = isRing ? [closed(cut)] : cut;
    for (const piece of /** @type {Position[][]} */ (own)) {
      const [from, , to] = boxOf(piece);
      if (piece.length > (isRing ? 3 : 1) && to > from) {
        pieces.push(piece.map(([lon, lat]) => /** @type {Position} */ ([round(lon - turn * 360), round(lat)])));
      }
    }
  }
  return pieces;
}

/** @param {any} points */
function closed(points) {
  const [first, last] = [points[0], points.at(-1)];
  return first && (first[0] !== last[0] || first[1] !== last[1]) ? [...points, first] : points;
}

/**
 * What of a ring lies on one side of a meridian: east of it with side 1, west with -1.
 * @param {Position[]} ring
 * @param {number} meridian
 * @param {1 | -1} side
 * @returns {Position[]}
 */
function clipRing(ring, meridian, side) {
  /** @type {Position[]} */
  const kept = [];
  ring.forEach((point, index) => {
    const before = ring[index - 1];
    const isKept = (point[0] - meridian) * side >= 0;
    if (before && isKept !== (before[0] - meridian) * side >= 0) kept.push(crossing(before, point, meridian));
    if (isKept) kept.push(point);
  });
  return kept;
}

/**
 * The stretches of a line between two meridians.
 * @param {Position[]} line
 * @param {number} low
 * @param {number} high
 * @returns {Position[][]}
 */
function clipLine(line, low, high) {
  /** @type {Position[][]} */
  const stretches = [[]];
  line.forEach((point, index) => {
    const before = line[index - 1];
    const cuts = before
      ? [low, high].filter((edge) => (before[0] - edge) * (point[0] - edge) < 0)
      : [];
    if (before && before[0] > point[0]) cuts.reverse();
    const isKept = point[0] >= low && point[0] <= high;
    for (const edge of cuts) stretches.at(-1)?.push(crossing(before, point, edge));
    if (isKept) stretches.at(-1)?.push(point);
    else stretches.push([]);
  });
  return stretches;
}

/**
 * @param {Position} from
 * @param {Position} to
 * @param {number} meridian
 * @returns {Position}
 */
function crossing(from, to, meridian) {
  return [meridian, from[1] + ((meridian - from[0]) / (to[0] - from[0])) * (to[1] - from[1])];
}

/** @param {number} lon */
export function wrapLon(lon) {
  if (lon >= -180 && lon <= 180) return lon;
  return round(lon - 360 * Math.floor((lon + 180) / 360));
}

/** Seven decimals, as geo/geojson.py writes them.
 * @param {number} degrees */
function round(degrees) {
  return Math.round(degrees * 1e7) / 1e7;
}
