// Tolls, precision and scores in words.

/** @typedef {import('./details.js').Toll} Toll */

/** @type {Record<string, string>} */
const PRECISION_WORDS = {
  exact: 'exact place',
  settlement: 'town or village',
  subdistrict: 'subdistrict',
  district: 'district',
  region: 'province or region',
  country: 'country only',
};

/**
 * A level of precision in words.
 * @param {string} precision
 */
export function precisionText(precision) {
  return PRECISION_WORDS[precision] ?? (precision || 'precision unknown');
}

/**
 * A radius in words.
 * @param {number} radiusKm
 */
export function radiusText(radiusKm) {
  if (radiusKm >= 10) return `within about ${Math.round(radiusKm)} km`;
  return `within about ${radiusKm < 0.1 ? '0.1' : radiusKm.toFixed(1)} km`;
}

/**
 * A number of people in words; several numbers stay a range.
 * @param {Toll} toll
 */
export function amountText({ low, best, high, qualifier }) {
  const known = best ?? low ?? high;
  if (known === null || known === undefined) return qualifier || 'an unknown number';
  if (qualifier) return `${qualifier} ${known}`;
  if (low != null && high != null && low !== high) {
    return best != null && best !== low && best !== high
      ? `${low} to ${high}, most likely ${best}`
      : `${low} to ${high}`;
  }
  return String(known);
}

/**
 * A toll in words: "at least 5 killed".
 * @param {Toll} toll
 * @param {'killed' | 'injured'} what
 */
export function tollText(toll, what) {
  return `${amountText(toll)} ${what}`;
}

/**
 * Low, best and high as a toll; undefined where none is known.
 * @param {(number | null)[] | undefined} numbers
 * @returns {Toll | undefined}
 */
export function tollOf(numbers) {
  if (!numbers || numbers.every((number) => number === null)) return undefined;
  return { low: numbers[0], best: numbers[1], high: numbers[2] };
}

/**
 * A score from 0 to 1 as a percentage.
 * @param {number} score
 */
export function percentText(score) {
  return `${Math.round(score * 100)} %`;
}

/** @type {Record<string, string>} */
const METHOD_WORDS = {
  exact: 'the name as written',
  variant: 'a spelling of the name',
  fuzzy: 'a name much like it',
  geocoder: 'a geocoding service',
  correction: 'a person’s correction',
  given: 'coordinates given with the row',
};

/**
 * How a place was found, in words.
 * @param {string | undefined} method
 */
export function methodText(method) {
  return METHOD_WORDS[method ?? ''] ?? method ?? '';
}

/**
 * Places joined from the finest to the coarsest, without empty or repeated parts.
 * @param {...(string | undefined)} parts
 */
export function placeText(...parts) {
  return parts.filter((part, i) => part && parts.indexOf(part) === i).join(', ');
}
