// Deaths of incidents that reach beyond the range of time: the figure is of all their days.

import { numberText } from './classes.js';
import { countOf, make } from './dom.js';

/** @typedef {import('./app.js').App} App */

/** What a link carries where they are left out. */
export const WITHIN = 'within';

/**
 * Whether a row has days on both sides of an edge of the range; nothing where all days are shown.
 * @param {Pick<App, 'incidents' | 'filters'>} app
 * @returns {((row: number) => boolean) | undefined}
 */
export function beyondRange({ incidents: { start, end, dated }, filters: { time: { first, last } } }) {
  if (first === -Infinity && last === Infinity) return undefined;
  return (row) => row < dated && (start[row] < first || end[row] > last);
}

/**
 * The switch that leaves such incidents out of a view of deaths.
 * @param {() => void} changed
 */
export function makeReachSwitch(changed) {
  const box = make('input', { type: 'checkbox' });
  const element = make('label', { class: 'im-reach' }, box, make('span', {}, 'Leave out what reaches beyond the range'));
  box.addEventListener('change', changed);
  return {
    element,
    isOn: () => box.checked,
    /** @param {boolean} on */
    set: (on) => void (box.checked = on),
    /** @param {boolean} needed whether there are such incidents */
    show: (needed) => void (element.hidden = !needed),
  };
}

/**
 * What those incidents do to a sum of deaths.
 * @param {number} deaths theirs
 * @param {number} count
 * @param {boolean} isLeftOut
 * @returns {string[]}
 */
export function reachNotes(deaths, count, isLeftOut) {
  if (!count || !(deaths || isLeftOut)) return [];
  const reach = `${countOf(count, 'incident')} that ${count === 1 ? 'reaches' : 'reach'} beyond the range shown`;
  if (isLeftOut) return [`Left out: ${reach}, ${countOf(deaths, 'death')} reported.`];
  return [`${numberText(deaths)} of these deaths ${deaths === 1 ? 'is' : 'are'} of ${reach}. Their days are not known: some may lie outside it.`];
}

/**
 * The same of one place or area, in short.
 * @param {number} deaths
 */
export function beyondText(deaths) {
  return `${numberText(deaths)} of them in what reaches beyond the range`;
}

/**
 * Whose figures of deaths these are.
 * @param {number} unknown incidents without one
 */
export function deathNotes(unknown) {
  return [
    unknown ? `${countOf(unknown, 'incident')} here ${unknown === 1 ? 'has' : 'have'} no figure of deaths and ${unknown === 1 ? 'adds' : 'add'} nothing.` : 'Every incident here has a figure.',
    'Deaths as the sources report them: the best figure where there is one, else the lowest. The dead whom nobody reported are not here.',
  ];
}
