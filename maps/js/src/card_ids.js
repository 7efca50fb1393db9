// The ids of an incident, to be copied, and the link that leads to it.

import { button, make, outside } from './dom.js';

/** @typedef {import('./details.js').Detail} Detail */

/** So long a button says that it has copied. */
const SAID_MS = 2500;

/**
 * The ids as a list, each with a button that copies it.
 * @param {Detail} detail
 */
export function idPart({ id, report }) {
  if (!id && !report) return null;
  const said = make('span', { role: 'status' });
  return make(
    'div',
    { class: 'im-ids' },
    id && idLine('Incident', id, said),
    report && idLine('Report', report, said),
    id && copyButton('Copy link', () => linkToIncident(id), said, 'Copy link to this incident'),
    said,
  );
}

/**
 * @param {string} name
 * @param {string} id
 * @param {HTMLElement} said
 */
function idLine(name, id, said) {
  const label = `Copy the ${name.toLowerCase()} id`;
  return make('p', {}, `${name} `, make('code', {}, outside(id)), copyButton('Copy', () => id, said, label));
}

/**
 * The address of this page that opens an incident.
 * @param {string} id
 */
export function linkToIncident(id) {
  const whole = id.replace(/\p{Surrogate}/gu, '\ufffd'); // half a letter has no place in an address
  return `${location.href.split('#')[0]}#id=${encodeURIComponent(whole)}`;
}

/**
 * @param {string} title
 * @param {() => string} text
 * @param {HTMLElement} said
 * @param {string} label
 */
function copyButton(title, text, said, label) {
  const press = async () => {
    const done = await copyText(text());
    const local = location.protocol === 'file:' && title !== 'Copy';
    const where = local ? ' It leads to this file on this computer.' : '';
    said.textContent = done ? `Copied.${where}` : 'The browser did not let it be copied.';
    setTimeout(() => (said.textContent = ''), SAID_MS + (local ? SAID_MS : 0));
  };
  return button(title, () => void press(), { 'aria-label': label });
}

/**
 * Copies a text; where the browser keeps its clipboard from the page, by way of a selection.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make('textarea', { class: 'im-hidden', 'aria-hidden': 'true' });
    const focused = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}
