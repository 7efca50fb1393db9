// What lies on the map, on the canvas of a picture: our canvases, and of layers beside ours what is
// drawn as SVG paths or shown as images of the page's own.

/** @typedef {import('leaflet').Map} LeafletMap */
/** @typedef {HTMLCanvasElement | HTMLImageElement} Pixels */

/** What is no path, canvas or image, or may be no copy of one: of it a picture can only say that it lacks it. */
const OTHERS = '.leaflet-marker-icon, .leaflet-tooltip:not(.im-hover), svg :is(text, image, use, foreignObject)';
/** Paths that are drawn only where others refer to them. */
const REFERRED = 'defs, marker, clipPath, mask, pattern, symbol';

/**
 * Draws the map's panes, the lowest first.
 * @param {CanvasRenderingContext2D} context
 * @param {LeafletMap} map
 * @param {number} top
 */
export function drawPanes(context, map, top) {
  const container = map.getContainer();
  const box = container.getBoundingClientRect();
  context.save();
  context.translate(-box.left, top - box.top);
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  context.fillStyle = getComputedStyle(container).backgroundColor;
  context.fill();
  for (const element of piecesOf(map)) {
    if (element instanceof SVGSVGElement) drawSvg(context, element);
    else if (isPixels(element) && isReadable(element)) drawPixels(context, element);
  }
  context.restore();
}

/**
 * How many marks and labels of other layers are seen on the map and cannot be drawn.
 * @param {LeafletMap} map
 */
export function countUndrawn(map) {
  const box = map.getContainer().getBoundingClientRect();
  const found = [...map.getPane('mapPane')?.querySelectorAll(OTHERS) ?? []];
  return found.filter((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const isSeen = right > left && right > box.left && left < box.right && bottom > box.top && top < box.bottom;
    return isSeen && !(isPixels(element) && isReadable(element));
  }).length;
}

/**
 * What stands in the map's panes, in the order in which it lies upon each other.
 * @param {LeafletMap} map
 * @returns {Element[]}
 */
function piecesOf(map) {
  return byHeight(Object.values(map.getPanes())).flatMap((pane) => byHeight([...pane.children]));
}

/**
 * @param {Element[]} elements
 * @returns {Element[]}
 */
function byHeight(elements) {
  const heights = new Map(elements.map((element) => [element, Number(getComputedStyle(element).zIndex) || 0]));
  return elements.sort((a, b) => (heights.get(a) ?? 0) - (heights.get(b) ?? 0));
}

/**
 * @param {Element} element
 * @returns {element is Pixels}
 */
function isPixels(element) {
  return element instanceof HTMLCanvasElement || (element instanceof HTMLImageElement && element.complete);
}

/**
 * Whether a page may copy an image: one from a server would make the whole picture unreadable.
 * @param {Pixels} pixels
 */
function isReadable(pixels) {
  const probe = document.createElement('canvas').getContext('2d');
  try {
    probe?.drawImage(pixels, 0, 0, 1, 1);
    probe?.getImageData(0, 0, 1, 1);
    return Boolean(probe);
  } catch {
    return false;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pixels} pixels
 */
function drawPixels(context, pixels) {
  const { left, top, width, height } = pixels.getBoundingClientRect();
  context.globalAlpha = Number(getComputedStyle(pixels).opacity);
  context.drawImage(pixels, left, top, width, height);
  context.globalAlpha = 1;
}

/**
 * The paths of an SVG, as Leaflet makes them of lines, polygons and circles.
 * @param {CanvasRenderingContext2D} context
 * @param {SVGSVGElement} svg
 */
function drawSvg(context, svg) {
  const { left, top, width } = svg.getBoundingClientRect();
  const view = svg.viewBox.baseVal;
  if (!view?.width) return;
  context.save();
  context.translate(left, top);
  context.scale(width / view.width, width / view.width);
  context.translate(-view.x, -view.y);
  const shown = Number(getComputedStyle(svg).opacity);
  for (const path of svg.querySelectorAll('path')) if (!path.closest(REFERRED)) drawPath(context, path, shown);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {SVGPathElement} element
 * @param {number} shown opacity of what it lies in
 */
function drawPath(context, element, shown) {
  const path = new Path2D(element.getAttribute('d') ?? '');
  const style = getComputedStyle(element);
  if (style.visibility !== 'visible' || style.display === 'none') return;
  const fill = colourOf(style.fill);
  if (fill) {
    context.globalAlpha = shown * Number(style.opacity) * Number(style.fillOpacity);
    context.fillStyle = fill;
    context.fill(path, style.fillRule === 'evenodd' ? 'evenodd' : 'nonzero');
  }
  const stroke = colourOf(style.stroke);
  if (stroke) {
    context.globalAlpha = shown * Number(style.opacity) * Number(style.strokeOpacity);
    setLine(context, style);
    context.strokeStyle = stroke;
    context.stroke(path);
  }
}

/**
 * The colour of a fill or stroke, '' for none; of a pattern the colour that stands in for it.
 * @param {string} paint
 */
function colourOf(paint) {
  const colour = paint.replace(/^url\([^)]*\)\s*/, '');
  return colour === 'none' ? '' : colour;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {CSSStyleDeclaration} style
 */
function setLine(context, style) {
  context.lineWidth = parseFloat(style.strokeWidth);
  context.lineCap = /** @type {CanvasLineCap} */ (style.strokeLinecap);
  context.lineJoin = /** @type {CanvasLineJoin} */ (style.strokeLinejoin);
  context.miterLimit = parseFloat(style.strokeMiterlimit);
  context.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(',').map(parseFloat));
  context.lineDashOffset = parseFloat(style.strokeDashoffset) || 0;
}
