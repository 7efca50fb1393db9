// Areas, corridors, lines and circles of uncertainty.

import { mainType, wrapPixel } from './clusters.js';
import { tracePoints } from './basemap.js';
import { COUNTRY } from './layout.js';
import { circleOutline, widthOfKm } from './project.js';
import { drawSymbol } from './symbols.js';
import { lineColour } from './theme.js';

/** @typedef {import('./clusters.js').View} View */
/** @typedef {import('./clusters.js').Group} Group */
/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./incidents.js').FacetEntry} FacetEntry */

/** Up to so many areas the outlines are drawn thick. */
const FEW_AREAS = 12;
const FILL_ALPHA = 0.12;
const CIRCLE_ALPHA = 0.08;

/** @typedef {{ path: Path2D, colour: string }} Circle */

/** Radius of a single incident's mark in pixels. */
export const MARK_RADIUS = 6.5;

/** Circles of radius are drawn for at most so many places at once. */
const MOST_CIRCLES = 600;

/**
 * An area as it was drawn: for finding what lies under the pointer.
 * @typedef {{ path: Path2D, group: Group }} DrawnArea
 */

/**
 * The outline of an area at a place: its shape, or the circle of its radius.
 * @param {Incidents} incidents
 * @param {number} place
 * @returns {Float64Array[]}
 */
function outlineOf({ places, shapes }, place) {
  const shape = shapes[places.shape[place] - 1];
  if (shape?.kind === 'area') return shape.parts;
  const { lon, lat, radiusKm } = places.at(place);
  return [circleOutline(lon, lat, radiusKm)];
}

/**
 * Draws the areas, largest first, each in the colour of its most frequent type.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Incidents} incidents
 * @param {Group[]} areas
 * @param {FacetEntry[]} entries
 * @param {import('./theme.js').Theme} theme
 * @returns {DrawnArea[]} those that are filled
 */
export function drawAreas(context, view, incidents, areas, entries, theme) {
  const drawn = areas.map((group) => {
    const colour = lineColour(entries[mainType(group.byType)].colour, theme);
    return { path: pathOf(view, incidents, group), group, colour };
  });
  const { vague, shape } = incidents.places;
  const filled = drawn.filter(({ group }) => vague[group.places[0]] !== COUNTRY);
  fillAreas(context, view, filled, FILL_ALPHA);
  context.lineJoin = 'round';
  context.setLineDash([6, 4]);
  for (const { path, group, colour } of drawn) {
    const isCountry = vague[group.places[0]] === COUNTRY;
    // Of a country there is the border or nothing: a circle about its middle says nothing.
    if (isCountry && !shape[group.places[0]]) continue;
    context.lineWidth = isCountry || drawn.length > FEW_AREAS ? 0.9 : 1.5;
    context.globalAlpha = isCountry ? 0.6 : 0.85;
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  return filled;
}

/**
 * @param {View} view
 * @param {Incidents} incidents
 * @param {Group} group
 */
function pathOf(view, incidents, group) {
  const place = group.places[0];
  const path = new Path2D();
  const shift = group.x - (incidents.places.x[place] * view.scale - view.left);
  for (const part of outlineOf(incidents, place)) {
    tracePoints(path, part, { ...view, left: view.left - shift });
    path.closePath();
  }
  return path;
}

/** @type {HTMLCanvasElement | undefined} */
let aside;

/**
 * Fills areas so that those upon each other grow no darker: opaque aside, then all at once.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Circle[]} areas
 * @param {number} alpha
 */
function fillAreas(context, view, areas, alpha) {
  if (!areas.length) return;
  aside ??= document.createElement('canvas');
  const inner = aside.getContext('2d');
  if (!inner) return;
  aside.width = Math.ceil(view.width);
  aside.height = Math.ceil(view.height);
  for (const { path, colour } of areas) {
    inner.fillStyle = colour;
    inner.fill(path, 'evenodd');
  }
  context.globalAlpha = alpha;
  context.drawImage(aside, 0, 0);
  context.globalAlpha = 1;
}

/**
 * Draws what belongs to single places: lines of advance, further points, circles of radius.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Incidents} incidents
 * @param {Group[]} groups one a place
 * @param {FacetEntry[]} entries
 * @param {import('./theme.js').Theme} theme
 * @returns {Group[]} the further points of incidents that name several places, to be clicked
 */
export function drawPlaces(context, view, incidents, groups, entries, theme) {
  const { places, shapes } = incidents;
  const crowded = groups.length > MOST_CIRCLES;
  /** @type {Group[]} */
  const further = [];
  /** @type {Circle[]} */
  const circles = [];
  for (const group of groups) {
    const place = group.places[0];
    const entry = entries[mainType(group.byType)];
    const colour = lineColour(entry.colour, theme);
    const shape = shapes[places.shape[place] - 1];
    if (shape?.kind === 'line') drawAdvance(context, view, shape, colour);
    else {
      const own = shape?.kind === 'points' ? findFurther(view, shape, group) : [];
      further.push(...own);
      if (own.length) joinPoints(context, [group, ...own], colour);
      if (crowded || places.vague[place]) continue;
      const { lat, radiusKm } = places.at(place);
      for (const point of [group, ...own]) {
        const circle = circleAbout(view, point, lat, radiusKm);
        if (circle) circles.push({ path: circle, colour });
      }
    }
  }
  drawCircles(context, view, circles);
  for (const { x, y, byType } of further) {
    drawSymbol(context, entries[mainType(byType)], x, y, MARK_RADIUS, theme);
  }
  return further;
}

/**
 * The points of an incident beside the one that bears its mark.
 * @param {View} view
 * @param {import('./incidents.js').Shape} shape
 * @param {Group} group
 * @returns {Group[]}
 */
function findFurther(view, shape, group) {
  const points = shape.parts[0];
  const left = leftOf(shape, view);
  const found = [];
  for (let at = 2; at < points.length; at += 2) {
    const x = points[at] * view.scale - left;
    const y = points[at + 1] * view.scale - view.top;
    found.push({ ...group, x, y });
  }
  return found;
}

/** Dashes and dots: outlines of areas are dashed, ways of advance dotted. */
const JOINED_DASH = [8, 3, 2, 3];

/**
 * Draws a line between the points of one incident, for they look like several otherwise.
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number }[]} points in pixels
 * @param {string} colour
 */
export function joinPoints(context, points, colour) {
  context.beginPath();
  for (const { x, y } of points) context.lineTo(x, y);
  context.setLineDash(JOINED_DASH);
  context.lineWidth = 1.25;
  context.strokeStyle = colour;
  context.stroke();
  context.setLineDash([]);
}

/**
 * The left edge of the view, in the copy of the world in which a shape is drawn.
 * @param {import('./incidents.js').Shape} shape
 * @param {View} view
 */
function leftOf(shape, view) {
  const middle = (shape.box[0] + shape.box[2]) / 2;
  return middle * view.scale - wrapPixel(middle, view);
}

/**
 * A line of advance, dotted, in the band of its radius' colour, with an arrow at its end.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {import('./incidents.js').Shape} shape
 * @param {string} colour
 */
function drawAdvance(context, view, shape, colour) {
  const left = leftOf(shape, view);
  const path = new Path2D();
  for (const part of shape.parts) tracePoints(path, part, { ...view, left });
  context.lineCap = 'round';
  context.strokeStyle = colour;
  context.globalAlpha = 0.15;
  context.lineWidth = 14;
  context.stroke(path);
  context.globalAlpha = 1;
  for (const part of shape.parts) drawArrow(context, part, { ...view, left }, colour);
  context.setLineDash([2, 5]);
  context.lineWidth = 2;
  context.stroke(path);
  context.setLineDash([]);
}

/**
 * The head of an arrow at a line's end.
 * @param {CanvasRenderingContext2D} context
 * @param {Float64Array} part
 * @param {View} view
 * @param {string} colour
 */
function drawArrow(context, part, view, colour) {
  if (part.length < 4) return;
  const [fromX, fromY, toX, toY] = part.slice(-4);
  const turn = Math.atan2(toY - fromY, toX - fromX);
  context.save();
  context.translate(toX * view.scale - view.left, toY * view.scale - view.top);
  context.rotate(turn);
  context.beginPath();
  context.moveTo(-10, 0);
  context.lineTo(-20, -6);
  context.lineTo(-20, 6);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
  context.restore();
}

/**
 * The circle of a place's radius, if it is of a size to be seen.
 * @param {View} view
 * @param {Group} group
 * @param {number} lat
 * @param {number} radiusKm
 */
function circleAbout(view, { x, y }, lat, radiusKm) {
  const radius = radiusKm * widthOfKm(lat) * view.scale;
  if (radius < 12 || radius > 4000) return undefined;
  const path = new Path2D();
  path.arc(x, y, radius, 0, 2 * Math.PI);
  return path;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Circle[]} circles
 */
function drawCircles(context, view, circles) {
  fillAreas(context, view, circles, CIRCLE_ALPHA);
  context.globalAlpha = circles.length > FEW_AREAS ? 0.4 : 0.6;
  context.lineWidth = 1;
  for (const { path, colour } of circles) {
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.globalAlpha = 1;
}
