// Classes of numbers on round breaks, and the colours that stand for them. Nothing here touches
// the DOM.

/**
 * Colours from few to many. Classes are ColorBrewer's YlOrBr, which Tol also gives as safe for
 * colour-blind readers, without its palest; in the dark they grow lighter instead of darker.
 * Density starts at a tone that is seen on the land as a single dot.
 * @type {Record<'light' | 'dark', { classes: string[], density: string[], bubble: string, rim: string }>}
 */
export const RAMPS = {
  light: {
    classes: ['#fee391', '#fec44f', '#fe9929', '#d95f0e', '#993404'],
    density: ['#d98324', '#c2560c', '#993404', '#662506', '#3b1203'],
    bubble: '#a8326e', rim: '#6b1f45',
  },
  dark: {
    classes: ['#7d4410', '#a85d13', '#d97f22', '#f5ab4c', '#fee391'],
    density: ['#a3641f', '#d9822b', '#f5a742', '#fdd27a', '#fff3c4'],
    bubble: '#d56a9f', rim: '#f4bcd6',
  },
};

/** Classes at most: more tones of one colour are not told apart on a map. */
export const MOST_CLASSES = 5;

/** What a break may begin with. */
const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8];

/**
 * The round number nearest to a number, by ratio.
 * @param {number} value more than 0
 * @param {boolean} whole whether only whole numbers will do
 */
export function toRound(value, whole) {
  const power = 10 ** Math.floor(Math.log10(value));
  const found = [...ROUND, 10]
    .map((step) => Number((step * power).toPrecision(3)))
    .filter((step) => !whole || Number.isInteger(step));
  if (!found.length) return 1;
  return found.reduce((a, b) => (ratio(b, value) < ratio(a, value) ? b : a));
}

/**
 * @param {number} a
 * @param {number} b
 */
function ratio(a, b) {
  return Math.max(a / b, b / a);
}

/**
 * Where the second and each further class begins: quantiles of what is more than 0, on round
 * numbers. No class is empty, so there may be fewer than asked for.
 * @param {ArrayLike<number>} values
 * @param {number} [most]
 * @returns {number[]} rising
 */
export function makeBreaks(values, most = MOST_CLASSES) {
  const known = Float64Array.from(values).filter((value) => value > 0).sort();
  const whole = known.every(Number.isInteger);
  /** @type {number[]} */
  const breaks = [];
  for (let part = 1; part < most && known.length; part++) {
    const quantile = known[Math.min(known.length - 1, Math.round((part / most) * known.length))];
    const next = toRound(quantile, whole);
    const last = breaks.at(-1) ?? 0;
    const between = known.some((value) => value >= last && value < next);
    if (next > last && between && next <= known[known.length - 1]) breaks.push(next);
  }
  return breaks;
}

/**
 * The class of a number that is more than 0.
 * @param {number} value
 * @param {number[]} breaks
 */
export function classOf(value, breaks) {
  let found = 0;
  while (found < breaks.length && value >= breaks[found]) found++;
  return found;
}

/**
 * The colour of a class: few classes take the colours furthest apart.
 * @param {number} index
 * @param {number} count classes in all
 * @param {string[]} ramp
 */
export function colourOf(index, count, ramp) {
  if (count < 2) return ramp[ramp.length >> 1];
  return ramp[Math.round((index * (ramp.length - 1)) / (count - 1))];
}

/**
 * A number as people read it: three figures, or all of a whole one.
 * @param {number} value
 */
export function numberText(value) {
  if (Number.isInteger(value) || value >= 1000) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(value < 1 ? 2 : 3)).toLocaleString('en');
}

/**
 * What each class reaches over: "1–4", "5–19", "20–310"; of other numbers "up to 0.5", "0.5–2".
 * @param {number[]} breaks
 * @param {ArrayLike<number>} values
 * @returns {{ text: string, count: number }[]} with how many of the values are in it
 */
export function describeClasses(breaks, values) {
  const known = Array.from(values).filter((value) => value > 0);
  if (!known.length) return [];
  const whole = known.every(Number.isInteger);
  const least = Math.min(...known);
  const most = Math.max(...known);
  return [0, ...breaks].map((from, index) => {
    const low = index ? from : least;
    const high = index < breaks.length ? breaks[index] - (whole ? 1 : 0) : most;
    const [a, b] = [numberText(low), numberText(high)];
    const count = known.filter((value) => classOf(value, breaks) === index).length;
    return { text: a === b ? a : `${a}–${b}`, count };
  });
}

/**
 * A colour as red, green and blue, 0 to 255.
 * @param {string} colour as #rrggbb
 * @returns {[number, number, number]}
 */
export function toRgb(colour) {
  const value = parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * Colours between those of a ramp, so many in all.
 * @param {string[]} ramp
 * @param {number} steps
 * @returns {[number, number, number][]}
 */
export function spreadRamp(ramp, steps) {
  const colours = ramp.map(toRgb);
  return Array.from({ length: steps }, (_, step) => {
    const at = (step / (steps - 1)) * (ramp.length - 1);
    const low = Math.min(Math.floor(at), ramp.length - 2);
    const mix = [0, 1, 2].map((i) => Math.round(colours[low][i] + (colours[low + 1][i] - colours[low][i]) * (at - low)));
    return /** @type {[number, number, number]} */ (mix);
  });
}
