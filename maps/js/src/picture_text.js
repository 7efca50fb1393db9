// Text on the canvas of a picture, in lines that fit.

export const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * Text in lines no wider than `width`; a word that is wider is broken.
 * @param {CanvasRenderingContext2D} context
 * @param {string} font
 * @param {string} text
 * @param {number} width
 * @returns {string[]}
 */
export function wrapText(context, font, text, width) {
  context.font = font;
  /** @type {string[]} */
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (context.measureText(longer).width <= width) line = longer;
    else {
      if (line) lines.push(line);
      line = word;
      while (context.measureText(line).width > width && line.length > 1) {
        const fits = Math.max(1, Math.floor((line.length * width) / context.measureText(line).width));
        lines.push(line.slice(0, fits));
        line = line.slice(fits);
      }
    }
  }
  return line ? [...lines, line] : lines;
}
