// Text in the page to typed arrays: base64, inflate, byte planes. Nothing here touches the DOM.

/**
 * How one column lies in the payload.
 * @typedef {object} ColumnSpec
 * @property {string} name
 * @property {number} length how many values
 * @property {number} bytes how many byte planes, 1 to 4
 * @property {'plane' | 'delta' | 'zigzag'} encoding plane: the value; delta: differences, never
 *   negative; zigzag: differences of either sign
 * @property {number} base added to every value
 */

/** @typedef {Uint8Array | Uint16Array | Uint32Array | Int32Array} Column */

/**
 * A payload, opened: its header, and its columns by name.
 * @typedef {object} Payload
 * @property {any} header
 * @property {Record<string, Column>} columns
 */

/** The payload's layout that this page reads; the writer puts the same number into the header. */
export const FORMAT_VERSION = 1;

/**
 * The bytes that a base64 text stands for.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function fromBase64(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * The bytes of a zlib stream; throws where its checksum does not hold.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Values put together from their byte planes, lowest byte first.
 * @param {Uint8Array} bytes
 * @param {number} offset where the first plane begins
 * @param {number} length
 * @param {number} planes
 * @returns {Uint8Array | Uint16Array | Uint32Array}
 */
export function joinPlanes(bytes, offset, length, planes) {
  if (planes === 1) return bytes.slice(offset, offset + length);
  const values = planes === 2 ? new Uint16Array(length) : new Uint32Array(length);
  for (let plane = 0; plane < planes; plane++) {
    const shift = 8 * plane;
    const start = offset + plane * length;
    for (let i = 0; i < length; i++) values[i] |= bytes[start + i] << shift;
  }
  return values;
}

/**
 * Differences summed up to values.
 * @param {ArrayLike<number>} steps
 * @param {number} base
 * @param {boolean} signed whether the steps are zigzag coded
 * @returns {Int32Array}
 */
export function sumSteps(steps, base, signed) {
  const values = new Int32Array(steps.length);
  let value = base;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i];
    value += signed ? (step >>> 1) ^ -(step & 1) : step;
    values[i] = value;
  }
  return values;
}

/**
 * One column's values.
 * @param {Uint8Array} bytes
 * @param {number} offset
 * @param {ColumnSpec} spec
 * @returns {Column}
 */
function readColumn(bytes, offset, spec) {
  const stored = joinPlanes(bytes, offset, spec.length, spec.bytes);
  if (spec.encoding !== 'plane') return sumSteps(stored, spec.base, spec.encoding === 'zigzag');
  if (spec.base === 0) return stored;
  const values = new Int32Array(spec.length);
  for (let i = 0; i < values.length; i++) values[i] = stored[i] + spec.base;
  return values;
}

/**
 * A payload from its inflated bytes: four bytes header length, header as JSON, columns.
 * @param {Uint8Array} bytes
 * @returns {Payload}
 */
export function readPayload(bytes) {
  if (bytes.length < 4) throw new Error('the data end before they begin');
  const headerLength = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headerLength)));
  if (header.version !== FORMAT_VERSION) {
    throw new Error(`the data are of version ${header.version}, this page reads ${FORMAT_VERSION}`);
  }
  /** @type {Record<string, Column>} */
  const columns = {};
  let offset = 4 + headerLength;
  for (const spec of /** @type {ColumnSpec[]} */ (header.columns)) {
    columns[spec.name] = readColumn(bytes, offset, spec);
    offset += spec.length * spec.bytes;
  }
  if (offset !== bytes.length) {
    throw new Error(`the data should hold ${offset} bytes and hold ${bytes.length}`);
  }
  return { header, columns };
}

/**
 * A payload from the text in the page.
 * @param {string} text base64 of a zlib stream
 * @returns {Promise<Payload>}
 */
export async function openPayload(text) {
  return readPayload(await inflate(fromBase64(text.trim())));
}
