// Where there is room: boxes by the squares they lie in, so that few need be compared.

/** @typedef {[number, number, number, number]} Box left, top, right, bottom in pixels */

/** Width of a square in pixels: about that of a name. */
const SQUARE = 96;

/**
 * @typedef {object} Room
 * @property {(box: Box) => void} add
 * @property {(box: Box) => boolean} isFree whether no box overlaps this one
 */

/**
 * Whether two boxes overlap.
 * @param {Box} a
 * @param {Box} b
 */
export function overlaps(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/**
 * The room that boxes leave.
 * @param {Box[]} boxes
 * @returns {Room}
 */
export function makeRoom(boxes) {
  /** @type {Map<number, Box[]>} */
  const squares = new Map();

  /**
   * Goes through the squares of a box until `stop` says so.
   * @param {Box} box
   * @param {(key: number) => boolean} stop
   */
  function some([left, top, right, bottom], stop) {
    const lastRow = Math.floor(bottom / SQUARE);
    const lastColumn = Math.floor(right / SQUARE);
    for (let row = Math.floor(top / SQUARE); row <= lastRow; row++) {
      for (let column = Math.floor(left / SQUARE); column <= lastColumn; column++) {
        if (stop(row * 4096 + column)) return true;
      }
    }
    return false;
  }

  /** @param {Box} box */
  const add = (box) => {
    some(box, (key) => {
      const found = squares.get(key);
      if (found) found.push(box);
      else squares.set(key, [box]);
      return false;
    });
  };
  boxes.forEach(add);
  return {
    add,
    isFree: (box) => !some(box, (key) => squares.get(key)?.some((other) => overlaps(box, other)) ?? false),
  };
}
