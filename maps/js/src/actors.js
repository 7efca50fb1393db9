// Who did something to whom, as every card, row and sheet says it.

import { outside } from './dom.js';
import { textOf } from './incidents.js';

/** @typedef {import('./incidents.js').Incidents} Incidents */

/** Stands for the first actor where only the second one, whom it was against, is named. */
const NOBODY_NAMED = 'unknown actor';
/** Events that two sides take part in and neither is attacked, as ACLED names them. */
const TOGETHER = ['Agreement', 'Non-violent transfer of territory'];

/**
 * The actors of an incident in one line: "Army, against Rebels", "unknown actor, against Rebels";
 * nothing where none is named.
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {(Node | string)[]}
 */
export function actorsOf(incidents, row) {
  const first = textOf(incidents, 'actor1', row, 'actor');
  const second = textOf(incidents, 'actor2', row, 'actor');
  if (!second) return first ? [outside(first)] : [];
  const between = TOGETHER.includes(textOf(incidents, 'sub_type', row)) ? ', with ' : ', against ';
  return [first ? outside(first) : NOBODY_NAMED, between, outside(second)];
}
