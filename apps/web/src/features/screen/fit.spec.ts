import { type Fit, largestFit, pageRange } from './fit.js';

/** A box of 100 by 100 in which an item is as high as its text is large, and needs a width of 30. */
const inBox = (items: number) => {
  const asked: Fit[] = [];
  const fits = (fit: Fit) => {
    asked.push(fit);
    const rows = Math.ceil(Math.ceil(items / fit.pages) / fit.columns);
    return rows * fit.size <= 20 && fit.columns * 30 <= 100;
  };
  return { asked, fits };
};

describe('fitting text on a projector (WEB-81)', () => {
  it('takes the largest size where everything has room, in one column', () => {
    expect(largestFit({ max: 5, items: 3, maxColumns: 3 }, inBox(3).fits)).toEqual({ size: 5, columns: 1, pages: 1 });
  });

  it('takes more columns where they allow larger text', () => {
    expect(largestFit({ max: 5, items: 12, maxColumns: 3 }, inBox(12).fits)).toEqual({ size: 5, columns: 3, pages: 1 });
  });

  it('takes another page only where the text would not be readable', () => {
    expect(largestFit({ max: 5, items: 24, maxColumns: 3 }, inBox(24).fits)).toMatchObject({ size: 2.5, pages: 1 });
    expect(largestFit({ max: 5, items: 30, maxColumns: 3 }, inBox(30).fits)).toMatchObject({ size: 4, pages: 2 });
  });

  it('makes one long text as small as it must be', () => {
    expect(largestFit({ max: 10, items: 0, maxColumns: 1 }, ({ size }) => size <= 1.3)).toEqual({
      size: 1.3,
      columns: 1,
      pages: 1,
    });
  });

  it('measures a few layouts only', () => {
    const { asked, fits } = inBox(30);
    largestFit({ max: 5, items: 30, maxColumns: 3 }, fits);
    expect(asked.length).toBeLessThan(40);
  });

  it('puts every item on one page', () => {
    const ranges = [0, 1, 2].map((page) => pageRange(8, { pages: 3 }, page));
    expect(ranges).toEqual([
      [0, 3],
      [3, 6],
      [6, 8],
    ]);
  });
});
