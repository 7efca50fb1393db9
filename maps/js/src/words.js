// Dates, tolls, precision and scores in words.

import { dayText, spanText } from './dates.js';
import { numberText } from './dom.js';

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
 * A number of people in words; several numbers stay a range, with the best one of them, which is
 * what lists and sums go by.
 * @param {Toll} toll
 */
export function amountText({ low, best, high, qualifier }) {
  const known = best ?? low ?? high;
  if (known === null || known === undefined) return qualifier || 'an unknown number';
  if (qualifier) return `${qualifier} ${numberText(known)}`;
  if (best == null && (low == null || high == null)) return `at ${low == null ? 'most' : 'least'} ${numberText(known)}`;
  if (low == null || high == null || low === high) return numberText(known);
  const range = `${numberText(low)} to ${numberText(high)}`;
  return best == null ? range : `${range}, most likely ${numberText(best)}`;
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

/**
 * A span of days in as few letters as say it: a whole month or year as such, and of the last day
 * only what differs from the first.
 * @param {number} first
 * @param {number} last
 */
export function shortSpanText(first, last) {
  const whole = wholeSpan(first, last);
  if (whole) return whole;
  const [from, to] = [dayText(first), dayText(last)];
  if (first === last) return from;
  if (from.slice(0, -3) === to.slice(0, -3)) return `${from}–${to.slice(-2)}`;
  return from.slice(0, -6) === to.slice(0, -6) ? `${from}–${to.slice(-5)}` : `${from}–${to}`;
}

/**
 * "2019-05" or "2019" where the days are just that month or year, else ''.
 * @param {number} first
 * @param {number} last
 */
function wholeSpan(first, last) {
  const [from, after] = [dayText(first), dayText(last + 1)];
  if (!from.endsWith('-01') || !after.endsWith('-01')) return '';
  const months = monthOf(after) - monthOf(from);
  if (months === 12 && from.endsWith('-01-01')) return from.slice(0, -6);
  return months === 1 ? from.slice(0, -3) : '';
}

/** @param {string} day ISO 8601 */
function monthOf(day) {
  const [month, year] = [day.slice(-5, -3), day.slice(0, -6)];
  return 12 * Number(year) + Number(month);
}

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
  'October', 'November', 'December',
];

/**
 * When something happened, no more exactly than it is known: "in May 2019", "about 2019-05-07".
 * @param {number} first
 * @param {number} last
 * @param {string | undefined} precision day, week, month or year
 */
export function whenText(first, last, precision) {
  const whole = wholeSpan(first, last);
  const isMonth = precision === 'month' && (whole ? whole.includes('-', 1) : first === last);
  if (isMonth) {
    const day = dayText(first);
    return `in ${MONTHS[Number(day.slice(-5, -3)) - 1]} ${day.slice(0, -6)}`;
  }
  if (precision === 'year' && (whole || first === last)) return `in ${dayText(first).slice(0, -6)}`;
  const isLoose = precision && precision !== 'day';
  return (isLoose && first === last ? 'about ' : '') + spanText(first, last);
}

/**
 * What a score means.
 * @param {number} score
 * @param {string | undefined} method
 */
export function shareText(score, method) {
  if (method === 'given' || method === 'correction') return '';
  return `Of 100 places found in this way about ${Math.round(score * 100)} are right.`;
}

/**
 * That an incident lies somewhere in an area: our words, and after them the area's name.
 * @param {{ name: string, admin1: string, admin2?: string, country: string, precision: string }} place
 * @param {boolean} isArea whether its outline is known
 * @param {number} radiusKm
 * @returns {[string, string]}
 */
export function somewhereText({ name, admin1, admin2 = '', country, precision }, isArea, radiusKm) {
  if (precision === 'country') {
    return country || name ? ['Known to the country only: somewhere in ', country || name] : ['Known to the country only', ''];
  }
  // An outline finer than a district, or of several places, is about them: beside one, between two.
  const isAbout = isArea && Boolean(name) && precision !== 'region' && (precision !== 'district' || name.includes(';'));
  if (isAbout) return ['Somewhere in the area shown', ''];
  const within = precision === 'region' ? name || admin1 : name || admin2 || admin1;
  if (isArea || precision === 'region' || !name) {
    return within || country ? ['Somewhere in ', within || country] : ['Somewhere in the area shown', ''];
  }
  return [`Somewhere ${radiusText(radiusKm)} of `, name];
}

/**
 * Whether claims give different numbers of the same people.
 * @param {import('./details.js').Claim[]} claims
 */
export function disagree(claims) {
  if (claims.some((claim) => claim.contested)) return true;
  return ['fatalities', 'injured'].some((key) => {
    const tolls = claims.map((claim) => claim[/** @type {'fatalities' | 'injured'} */ (key)] ?? []);
    return tolls.some((own, i) =>
      tolls.slice(i + 1).some((others) => own.some((a) => others.some((b) => isOther(a, b)))),
    );
  });
}

/**
 * @param {Toll} a
 * @param {Toll} b
 */
function isOther(a, b) {
  if ((a.group ?? '') !== (b.group ?? '')) return false;
  const [[lowA, highA], [lowB, highB]] = [rangeOf(a), rangeOf(b)];
  return lowA > highB || lowB > highA;
}

/**
 * @param {Toll} toll
 * @returns {[number, number]}
 */
function rangeOf({ low, best, high }) {
  return [low ?? best ?? 0, high ?? (low == null && best != null ? best : Infinity)];
}
