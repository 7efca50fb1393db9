// What a card says of the dead and the injured: each figure with who says so.

import { countedText, deathsOf } from './deaths.js';
import { make, outside } from './dom.js';
import { disagree, tollOf, tollText } from './words.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./details.js').Detail} Detail */
/** @typedef {import('./details.js').Claim} Claim */

/**
 * Tolls by claim; each with who says so.
 * @param {Incidents} incidents
 * @param {number} row
 * @param {Detail} detail
 */
export function tollPart(incidents, row, detail) {
  const claims = (detail.claims ?? []).filter((claim) => tollItems(claim).length);
  const by = countedText(deathsOf(incidents, row));
  const counted = by ? make('p', { class: 'im-quiet' }, by) : null;
  if (claims.length) {
    const warning = 'The sources disagree. Each figure stands as its source gives it.';
    return make(
      'div',
      {},
      disagree(claims) && make('p', { class: 'im-contested' }, make('strong', {}, warning)),
      make('ul', { class: 'im-tolls' }, ...claims.map(claimItem)),
      counted,
    );
  }
  const killed = tollOf(detail.fatalities);
  const injured = tollOf(detail.injured);
  const parts = [killed && tollText(killed, 'killed'), injured && tollText(injured, 'injured')];
  const text = parts.filter(Boolean).join(', ');
  return text ? make('div', {}, make('p', { class: 'im-tolls' }, text), counted) : null;
}

/** @param {Claim} claim */
function claimItem(claim) {
  return make(
    'li',
    {},
    ...tollItems(claim),
    claim.source ? make('span', { class: 'im-quiet' }, ' — says ', outside(claim.source)) : null,
    claim.contested && make('strong', { class: 'im-contested' }, ' contested'),
  );
}

/**
 * @param {Claim} claim
 * @returns {HTMLElement[]}
 */
function tollItems(claim) {
  const killed = (claim.fatalities ?? []).map((toll) => tollItem(toll, 'killed'));
  return [...killed, ...(claim.injured ?? []).map((toll) => tollItem(toll, 'injured'))];
}

/**
 * @param {import('./details.js').Toll} toll
 * @param {'killed' | 'injured'} what
 */
function tollItem(toll, what) {
  const group = toll.group ? [': ', outside(toll.group)] : [];
  return make('span', { class: 'im-toll' }, make('strong', {}, tollText(toll, what)), ...group);
}
