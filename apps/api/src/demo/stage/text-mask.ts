import { outlineOf, type TextOutline, widthOf } from './outline.js';

/** Local constants for the inner loops: looking them up in Math for each pixel costs more than the drawing. */
const { ceil, floor, max, min, round } = Math;

/** How much of each pixel a text covers, 0 to 255. */
export interface TextMask {
  readonly width: number;
  readonly height: number;
  readonly coverage: Uint8Array;
}

/** Rows of samples in a pixel; across, the coverage is exact. */
const SAMPLES = 8;
/** Relative to the size of the letters: the parts above and below the baseline. */
const ASCENT = 0.98;
const DESCENT = 0.28;

interface Crossing {
  readonly x: number;
  readonly turn: number;
}

/** A line of text, drawn with soft edges. */
export function maskOf(text: string, size: number): TextMask {
  const outline = outlineOf(text, size);
  const width = ceil(outline.width) + 2;
  const height = ceil(size * (ASCENT + DESCENT));
  const sums = new Float32Array(width * height);
  for (let row = 0; row < height * SAMPLES; row++) {
    const y = (row + 0.5) / SAMPLES - size * ASCENT;
    fillRow(sums.subarray(floor(row / SAMPLES) * width).subarray(0, width), crossingsAt(outline, y));
  }
  return { width, height, coverage: Uint8Array.from(sums, (sum) => min(255, round((255 * sum) / SAMPLES))) };
}

/** Where a row crosses the outline, and in which direction the outline runs: overlapping parts of a letter stay filled. */
function crossingsAt({ contours }: TextOutline, y: number): Crossing[] {
  const crossings: Crossing[] = [];
  for (const contour of contours)
    for (let at = 0, before = contour.length - 1; at < contour.length; before = at++) {
      const [x0, y0] = contour[before]!;
      const [x1, y1] = contour[at]!;
      if (y0 <= y !== y1 <= y) crossings.push({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), turn: y1 > y0 ? 1 : -1 });
    }
  return crossings.sort((a, b) => a.x - b.x);
}

function fillRow(row: Float32Array, crossings: readonly Crossing[]): void {
  let winding = 0;
  for (const [index, { x, turn }] of crossings.entries()) {
    winding += turn;
    const next = crossings[index + 1];
    if (winding !== 0 && next) fillSpan(row, max(0, x), min(row.length, next.x));
  }
}

function fillSpan(row: Float32Array, from: number, to: number): void {
  for (let pixel = floor(from); pixel < to; pixel++) row[pixel]! += max(0, min(to, pixel + 1) - max(from, pixel));
}

/** Words in lines of at most `width` pixels; what does not fit into `most` lines ends with an ellipsis. */
export function wrapText(text: string, size: number, width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(shorten(word, size, width));
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), shorten(`${lines[most - 1]} …`, size, width)];
}

function shorten(text: string, size: number, width: number): string {
  let letters = [...text];
  while (letters.length > 1 && widthOf(letters.join(''), size) > width)
    letters = [...letters.slice(0, letters.at(-1) === '…' ? -2 : -1), '…'];
  return letters.join('');
}
