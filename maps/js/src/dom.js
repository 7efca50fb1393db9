// Elements made from text: everything from outside goes in as text, never as HTML.

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element with attributes and children; text in it is isolated from the text about it.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | number>} [attributes] `true` sets an empty attribute
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(typeof child === 'number' ? String(child) : child);
    }
  }
  return element;
}

/**
 * Text from outside in an element of its own, whose direction follows the text itself.
 * @param {string} text
 * @param {string} [className]
 */
export function outside(text, className) {
  return make('bdi', className ? { class: className, dir: 'auto' } : { dir: 'auto' }, text);
}

/**
 * The address if a link may lead to it: http and https only.
 * @param {string | undefined} text
 * @returns {string | undefined}
 */
export function safeAddress(text) {
  if (!text) return undefined;
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A link that opens a new page and tells it nothing; plain text where the address is not for links.
 * @param {string} address
 * @param {string} text
 * @returns {HTMLElement}
 */
export function linkTo(address, text) {
  const href = safeAddress(address);
  if (!href) return outside(text);
  return make('a', { href, target: '_blank', rel: 'noopener noreferrer' }, outside(text));
}

/**
 * A button.
 * @param {string} text
 * @param {() => void} press
 * @param {Record<string, string | boolean>} [attributes]
 */
export function button(text, press, attributes = {}) {
  const element = make('button', { type: 'button', ...attributes }, text);
  element.addEventListener('click', press);
  return element;
}

/**
 * A number with its noun: "1 incident", "1,204 incidents".
 * @param {number} count
 * @param {string} noun
 */
export function countOf(count, noun) {
  return `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * A whole number with its thousands apart, as English writes it. Not by `Intl`, whose first use
 * costs 10 ms while a page is opened.
 * @param {number} count
 */
export function numberText(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
