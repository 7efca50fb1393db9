// Text in the page to typed arrays: base64, inflate, byte planes. Nothing here touches the DOM.

/**
 * How one column lies in the payload.
 * @typedef {object} ColumnSpec
 * @property {string} name
 * @property {number} length how many values
 * @property {number} bytes how many byte planes, 0 to 4
 * @property {'plane' | 'delta' | 'zigzag' | 'constant' | 'lookup'} encoding plane: the value;
 *   delta: differences, never negative; zigzag: differences of either sign; constant: all are the
 *   base; lookup: what the table has for the value of the column `through`
 * @property {number} [base] added to every value
 * @property {string} [through]
 */

/** @typedef {Uint8Array | Uint16Array | Uint32Array | Int32Array} Column */

/**
 * A payload, opened: its header, and its columns by name, each decoded when it is first asked for.
 * @typedef {object} Payload
 * @property {any} header
 * @property {Record<string, Column>} columns
 */

/** The payload's layout that this page reads; the writer puts the same number into the header. */
export const FORMAT_VERSION = 2;

/**
 * The bytes that a base64 text stands for.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function fromBase64(text) {
  const native = /** @type {any} */ (Uint8Array).fromBase64;
  if (native) return native.call(Uint8Array, text);
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
 * Values put together from their byte planes, lowest byte first. Where typed arrays can begin, one
 * or two planes become the array itself: no second copy is kept.
 * @param {Uint8Array} bytes
 * @param {number} offset where the first plane begins
 * @param {number} length
 * @param {number} planes
 * @returns {Uint8Array | Uint16Array | Uint32Array}
 */
export function joinPlanes(bytes, offset, length, planes) {
  if (planes === 1) return bytes.subarray(offset, offset + length);
  if (planes === 2) return joinTwo(bytes, offset, length);
  const values = new Uint32Array(length);
  const [second, third, fourth] = [offset + length, offset + 2 * length, offset + 3 * length];
  for (let i = 0; i < length; i++) {
    values[i] = bytes[offset + i] | (bytes[second + i] << 8) | (bytes[third + i] << 16);
  }
  if (planes === 4) for (let i = 0; i < length; i++) values[i] |= bytes[fourth + i] << 24;
  return values;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} offset
 * @param {number} length
 */
function joinTwo(bytes, offset, length) {
  const planes = bytes.slice(offset, offset + 2 * length);
  const at = bytes.byteOffset + offset;
  const values = at % 2 ? new Uint16Array(length) : new Uint16Array(bytes.buffer, at, length);
  for (let i = 0; i < length; i++) values[i] = planes[i] | (planes[length + i] << 8);
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
 * An array that holds one value so many times.
 * @param {number} value
 * @param {number} length
 * @returns {Column}
 */
function repeat(value, length) {
  if (value < 0) return new Int32Array(length).fill(value);
  const Kind = value < 256 ? Uint8Array : value < 65536 ? Uint16Array : Uint32Array;
  const values = new Kind(length);
  return value ? values.fill(value) : values;
}

/**
 * Values of a table for keys, but for the exceptions.
 * @param {Column} keys
 * @param {Column} values the table, and behind it the exceptions' values
 * @param {Column} rows the exceptions' rows, in order
 * @param {number} [first] the row of the first key
 * @returns {Column}
 */
export function lookUp(keys, values, rows, first = 0) {
  const Kind = /** @type {Uint8ArrayConstructor} */ (values.constructor);
  /** @type {Column} */
  const found = new Kind(keys.length);
  for (let i = 0; i < keys.length; i++) found[i] = values[keys[i]];
  const table = values.length - rows.length;
  for (let i = 0; i < rows.length; i++) {
    const at = rows[i] - first;
    if (at >= 0 && at < keys.length) found[at] = values[table + i];
  }
  return found;
}

/**
 * One column's values.
 * @param {Uint8Array} bytes
 * @param {number} offset
 * @param {ColumnSpec} spec
 * @param {Record<string, Column>} columns those that a lookup goes through
 * @returns {Column}
 */
function readColumn(bytes, offset, spec, columns) {
  const { name, encoding, base = 0 } = spec;
  if (encoding === 'constant') return repeat(base, spec.length);
  if (encoding === 'lookup') {
    return lookUp(columns[spec.through ?? ''], columns[`${name}@values`], columns[`${name}@rows`]);
  }
  const stored = joinPlanes(bytes, offset, spec.length, spec.bytes);
  if (encoding !== 'plane') return sumSteps(stored, base, encoding === 'zigzag');
  if (base === 0) return stored;
  const values = new Int32Array(spec.length);
  for (let i = 0; i < values.length; i++) values[i] = stored[i] + base;
  return values;
}

/**
 * A payload from its inflated bytes: four bytes header length, header as JSON, columns. The bytes
 * are the payload's from then on.
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
    const start = offset;
    defineLazy(columns, spec.name, () => readColumn(bytes, start, spec, columns));
    offset += spec.length * spec.bytes;
  }
  if (offset !== bytes.length) {
    throw new Error(`the data should hold ${offset} bytes and hold ${bytes.length}`);
  }
  return { header, columns };
}

/**
 * Adds a value that is made when it is first asked for.
 * @template T
 * @param {Record<string, T>} object
 * @param {string} name
 * @param {() => T} read
 */
export function defineLazy(object, name, read) {
  Object.defineProperty(object, name, {
    enumerable: true,
    configurable: true,
    get() {
      const value = read();
      Object.defineProperty(object, name, { value, enumerable: true });
      return value;
    },
  });
}

/**
 * A payload from the text in the page.
 * @param {string} text base64 of a zlib stream
 * @returns {Promise<Payload>}
 */
export async function openPayload(text) {
  return readPayload(await inflate(fromBase64(text.trim())));
}
