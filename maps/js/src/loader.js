// Inflates the page's style sheet and scripts and runs them; the only script the page runs itself.
// What it puts into the page is admitted by the hashes in the page's policy, and nothing else is.

import { fromBase64 } from './decode.js';

/** Ids of the blocks that hold the style sheet and the program, in the order they are needed. */
const BLOCKS = /** @type {const} */ ([['style', 'im-style'], ['script', 'im-code']]);
/** Ids of the scripts that are run once the whole file is read: map and elements, incidents. */
const LATER = ['im-map', 'im-show'];
const NEEDED = 'Chrome or Edge 109, Firefox 115, Safari 16.4, or a later one';

/**
 * The text of a block: base64 of a zlib stream, whose checksum is checked here.
 * @param {string} id
 */
async function inflateBlock(id) {
  const bytes = fromBase64(document.getElementById(id)?.textContent ?? '');
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).text();
}

/**
 * @param {'style' | 'script'} tag
 * @param {string} text
 */
function add(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  document.head.append(element);
}

/**
 * Says above what the page holds why it is not shown.
 * @param {string} text
 */
function say(text) {
  const note = document.createElement('p');
  note.setAttribute('role', 'alert');
  note.textContent = text;
  document.getElementById('im-wait')?.prepend(note);
}

async function start() {
  const read = new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve));
  const texts = await Promise.all(BLOCKS.map(([, id]) => inflateBlock(id)));
  BLOCKS.forEach(([tag], i) => add(tag, texts[i]));
  await read;
  for (const id of LATER) add('script', document.getElementById(id)?.textContent ?? '');
}

if (typeof DecompressionStream === 'undefined') {
  say(`This browser is too old to show this page: it takes ${NEEDED}.`);
} else {
  start().catch(() => say('This file is damaged: its scripts cannot be read. Ask for the file again.'));
}
