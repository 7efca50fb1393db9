// The incidents that pass the filters as rows of the incident table, written slice by slice.

import { dayText } from './dates.js';
import { noteOf } from './row_geometry.js';
import { textOf } from './incidents.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./incidents.js').Incidents} Incidents */
/** @typedef {import('./details.js').Detail} Detail */
/** @typedef {[string, 'text' | 'date' | 'count' | 'number' | 'list' | 'any']} TableColumn name, kind */

/**
 * How a kind of file is written.
 * @typedef {object} Writer
 * @property {string} type of the file, as browsers name it
 * @property {string} suffix
 * @property {string} head
 * @property {string} foot
 * @property {(values: any[], row: number, isFirst: boolean) => string} write one row
 */

/** So long a slice of the work may take before the page gets its turn, in milliseconds. */
const SLICE_MS = 12;
/** Rows whose text becomes one part of the file; more would be held in memory twice. */
const PART_ROWS = 5_000;
/** How the page names what has no event type; the table's cell is empty. */
const UNKNOWN_TYPE = 'Unknown type';

/**
 * A row's values in the order of the incident table's columns; unknown ones are null, "" or [].
 * @param {Incidents} incidents
 * @param {number} row
 * @param {Detail} detail
 * @returns {any[]}
 */
export function tableRow(incidents, row, detail) {
  const { columns, codes } = incidents.header.export;
  /** @type {Record<string, any>} */
  const held = { ...detail.extra, ...columnValues(incidents, row), ...detailValues(detail), ...exactValues(detail) };
  const [geo, where] = lookup(codes, held.precision) ?? [null, null];
  /** @type {Record<string, any>} */
  const found = { geo_precision: geo, where_prec: where, ...held };
  const note = noteOf(incidents, row);
  if (note && !found.notes.includes(note)) found.notes = [...found.notes, note];
  return columns.map((/** @type {TableColumn} */ [name, kind]) => lookup(found, name) ?? emptyOf(kind));
}

/**
 * An object's own value under a key that comes from outside.
 * @param {Record<string, any>} object
 * @param {string} key
 */
function lookup(object, key) {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** @param {TableColumn[1]} kind */
function emptyOf(kind) {
  return kind === 'list' ? [] : kind === 'text' ? '' : null;
}

/**
 * What the columns say of a row.
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {Record<string, any>}
 */
function columnValues(incidents, row) {
  const { header, columns, dated, start, end } = incidents;
  const isDated = row < dated;
  const type = textOf(incidents, 'type', row);
  const level = textOf(incidents, 'precision', row);
  return {
    date_start: isDated ? dayText(start[row]) : null,
    date_end: isDated && (header.export.ends || end[row] > start[row]) ? dayText(end[row]) : null,
    event_type: type === UNKNOWN_TYPE ? '' : type,
    sub_event_type: textOf(incidents, 'sub_type', row),
    actor1: textOf(incidents, 'actor1', row, 'actor'),
    actor2: textOf(incidents, 'actor2', row, 'actor'),
    place_name: textOf(incidents, 'name', row),
    country: textOf(incidents, 'country', row, 'country_code'),
    admin1: textOf(incidents, 'admin1', row),
    source: textOf(incidents, 'source', row),
    // "precision unknown" and "not located" are the page's words, not the table's.
    precision: lookup(header.export.codes, level) ? level : '',
    radius_km: columns.radius[row] < 0 ? null : columns.radius[row] / 10,
    match_score: columns.score[row] ? (columns.score[row] - 1) / 100 : null,
  };
}

/**
 * @param {Detail} detail
 * @returns {Record<string, any>}
 */
function detailValues(detail) {
  const { fatalities = [], injured = [] } = detail;
  return {
    incident_id: detail.id,
    date_precision: detail.date_precision,
    date_text: detail.date_text,
    fatalities_low: fatalities[0],
    fatalities_best: fatalities[1],
    fatalities_high: fatalities[2],
    injured_low: injured[0],
    injured_best: injured[1],
    injured_high: injured[2],
    place_text: detail.place_text,
    place_id: detail.place_id,
    admin2: detail.admin2,
    match_method: detail.method,
    match_reasons: detail.reasons ?? [],
    alternatives: detail.alternatives ?? [],
    source_url: detail.url,
    report_id: detail.report,
    evidence: detail.evidence,
    claims: detail.claims ?? [],
    notes: detail.notes ?? [],
  };
}

/** What a row says where the page's own columns do not. */
const EXACT = /** @type {const} */ (['radius_km', 'match_score', 'geo_precision', 'where_prec', 'precision', 'date_start', 'date_end']);
/** Stands for "no day" where the page would work one out (NO_DAY in export.py). */
const NO_DAY = 'none';

/**
 * @param {Detail} detail
 * @returns {Record<string, any>}
 */
function exactValues(detail) {
  /** @type {Record<string, any>} */
  const values = {};
  for (const name of EXACT) {
    const value = detail[name];
    if (value !== undefined) values[name] = value === NO_DAY ? null : value;
  }
  return values;
}

/**
 * The rows that pass the filters as the bytes of a file, made in slices that leave the page alive.
 * Throws where the page's texts are damaged: half a table is none. Undefined where it was stopped.
 * @param {Pick<App, 'incidents' | 'details' | 'failures'>} app
 * @param {Writer} writer
 * @param {{ signal: AbortSignal, progress: (share: number) => void }} options
 * @returns {Promise<Blob | undefined>}
 */
export async function writeRows({ incidents, details, failures }, writer, { signal, progress }) {
  if (signal.aborted) return undefined;
  const passing = Uint16Array.from(failures); // as they are now, whatever is filtered meanwhile
  /** @type {Blob[]} */
  const parts = [];
  let lines = [writer.head];
  let isFirst = true;
  let until = performance.now() + SLICE_MS;
  for (let from = 0; from < passing.length; from += details.size) {
    const rows = passing.subarray(from, from + details.size);
    if (!rows.includes(0)) continue;
    const block = await details.readBlock(from);
    rows.forEach((failed, index) => {
      if (failed) return;
      lines.push(writer.write(tableRow(incidents, from + index, block[index] ?? {}), from + index, isFirst));
      isFirst = false;
    });
    if (lines.length > PART_ROWS) parts.push(new Blob(lines.splice(0)));
    if (performance.now() < until) continue;
    progress(from / passing.length);
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) return undefined;
    until = performance.now() + SLICE_MS;
  }
  return new Blob([...parts, ...lines, writer.foot], { type: writer.type });
}

/**
 * First and last day of the rows that pass the filters; undefined where none has a date.
 * @param {Pick<App, 'incidents' | 'failures'>} app
 * @returns {[number, number] | undefined}
 */
export function shownDays({ incidents: { start, end, dated }, failures }) {
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < dated; row++) {
    if (failures[row]) continue;
    first = Math.min(first, start[row]);
    last = Math.max(last, end[row]);
  }
  return last >= first ? [first, last] : undefined;
}

/**
 * A name for a file that any system takes: letters, figures and hyphens, with the days it covers.
 * @param {string} title
 * @param {[number, number] | undefined} days
 * @param {string} suffix with its dot
 * @param {string} [note] what else it says
 */
export function fileName(title, days, suffix, note = '') {
  const words = title.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  const short = [...words].slice(0, 60).join('').replace(/-$/, '');
  const range = days ? [...new Set(days)].map(dayText) : [];
  return [short, 'incidents', ...range, note].filter(Boolean).join('-') + suffix;
}

/**
 * Hands a file to whoever looks at the page, as a download.
 * @param {Blob} blob
 * @param {string} name
 */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  document.body.append(link); // some browsers follow only links that stand in the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
