import { describe, expect, it } from '@jest/globals';
import { outlineOf } from './outline.js';
import { maskOf, type TextMask, wrapText } from './text-mask.js';

const inkOf = ({ coverage }: TextMask) => coverage.reduce((sum, value) => sum + value, 0) / 255;

describe('letters of the synthetic speaker (PROG-17)', () => {
  it('fills a letter and leaves its inside open', () => {
    const { width, height, coverage } = maskOf('O', 100);
    const at = (x: number, y: number) => coverage[Math.round(y * height) * width + Math.round(x * width)];
    expect(at(0.5, 0.5)).toBe(0);
    expect(inkOf(maskOf('O', 100))).toBeGreaterThan(1000);
    expect(inkOf(maskOf('I', 100))).toBeLessThan(inkOf(maskOf('O', 100)));
  });

  it('draws with the same proportions at every size', () => {
    expect(inkOf(maskOf('Rg', 80)) / inkOf(maskOf('Rg', 40))).toBeCloseTo(4, 0);
    expect(outlineOf('Rg', 80).width).toBeCloseTo(2 * outlineOf('Rg', 40).width);
  });

  it('puts marks on their letters, and writes a letter without a mark that the font lacks', () => {
    expect(inkOf(maskOf('é', 100))).toBeGreaterThan(inkOf(maskOf('e', 100)));
    expect(maskOf('ẹ', 100).coverage).toEqual(maskOf('e', 100).coverage);
    expect(outlineOf('日本', 100)).toEqual({ contours: [], width: 0 });
  });

  it('breaks between words, and ends what does not fit with an ellipsis', () => {
    const words = 'One two three four five six seven';
    const lines = wrapText(words, 50, 300, 9);
    expect(lines.join(' ')).toBe(words);
    expect(lines.every((line) => outlineOf(line, 50).width <= 300)).toBe(true);
    expect(wrapText(words, 50, 300, 2)).toHaveLength(2);
    expect(wrapText(words, 50, 300, 2).at(-1)).toMatch(/…$/);
    expect(outlineOf(wrapText('x'.repeat(200), 50, 300, 1)[0]!, 50).width).toBeLessThanOrEqual(300);
    expect(wrapText(' ', 50, 300, 2)).toEqual([]);
  });
});
