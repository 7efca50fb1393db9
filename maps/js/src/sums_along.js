// Sums over the rows in their order, kept at every so many of them: those of any range of rows are
// the difference of two that are kept, and of a few rows at its ends.

/** Rows from one sum that is kept to the next; a range's ends are at most half of that away. */
const LEAST_STEP = 4096;
/** Bytes for the sums that are kept, above which the steps are wider. */
const MOST_BYTES = 6e6;

/**
 * Adds the rows from one to before another to the sums, or takes them away.
 * @callback Add
 * @param {Float64Array} sums
 * @param {number} from
 * @param {number} to
 * @param {number} sign 1 or -1
 * @returns {void}
 */

/**
 * A function that writes the sums of a range of rows.
 * @param {number} count rows in all
 * @param {number} size numbers in a sum
 * @param {Add} add
 * @returns {(sums: Float64Array, from: number, to: number) => void}
 */
export function sumAlong(count, size, add) {
  const steps = Math.max(1, Math.min(Math.floor(count / LEAST_STEP), Math.floor(MOST_BYTES / (8 * size))));
  const step = Math.ceil(count / steps);
  const kept = new Float64Array((steps + 1) * size);
  const running = new Float64Array(size);
  for (let index = 0; index < steps; index++) {
    add(running, Math.min(index * step, count), Math.min((index + 1) * step, count), 1);
    kept.set(running, (index + 1) * size);
  }
  /** @param {Float64Array} sums @param {number} row @param {number} sign */
  const addUpTo = (sums, row, sign) => {
    const nearest = Math.min(Math.round(row / step), steps);
    const offset = nearest * size;
    for (let index = 0; index < size; index++) sums[index] += sign * kept[offset + index];
    const from = Math.min(nearest * step, count);
    if (from < row) add(sums, from, row, sign);
    else add(sums, row, from, -sign);
  };
  return (sums, from, to) => {
    sums.fill(0);
    if (to <= from) return;
    addUpTo(sums, to, 1);
    addUpTo(sums, from, -1);
  };
}
