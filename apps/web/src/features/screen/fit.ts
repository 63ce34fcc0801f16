/** How content is laid out so that it fits: the size of its text, and the columns and pages of its items. */
export interface Fit {
  readonly size: number;
  readonly columns: number;
  readonly pages: number;
}

export interface FitLimits {
  /** Largest size of text, in hundredths of the height. */
  readonly max: number;
  /** Items that can stand in columns and on pages; 0 for one text. */
  readonly items: number;
  readonly maxColumns: number;
}

/** Below this size text is not readable from the last row: the items go to another page instead. */
const READABLE = 2.4;
/** Text gets smaller than that only where nothing can move to another page. */
const SMALLEST = 1;
/** Lines are easier to compare in one column, so a further column must make the text this much larger. */
const WORTH_A_COLUMN = 1.15;
const STEPS_PER_UNIT = 10;
const MOST_PAGES = 6;

/**
 * The fewest pages on which the text stays readable, and there the largest text. `fits` measures a layout; it is called at most about 7
 * times for each number of columns and pages.
 */
export function largestFit({ max, items, maxColumns }: FitLimits, fits: (fit: Fit) => boolean): Fit {
  const mostPages = Math.max(1, Math.min(MOST_PAGES, items));
  let best: Fit = { size: SMALLEST, columns: 1, pages: 1 };
  for (let pages = 1; pages <= mostPages; pages++) {
    const columns = Math.min(maxColumns, Math.ceil(items / pages)) || 1;
    // one measurement for each number of columns avoids the search on too few pages
    const isReadable = [...Array(columns).keys()].some((n) => fits({ size: READABLE, columns: n + 1, pages }));
    if (isReadable || pages === mostPages) best = largestOnPages({ max, pages, columns }, fits);
    if (isReadable) break;
  }
  return best;
}

function largestOnPages(
  { max, pages, columns: most }: { readonly max: number; readonly pages: number; readonly columns: number },
  fits: (fit: Fit) => boolean,
): Fit {
  let best: Fit = { size: SMALLEST, columns: most, pages };
  for (let columns = 1; columns <= most; columns++) {
    const size = largestSize(best.size, max, (tried) => fits({ size: tried, columns, pages }));
    if (size !== null && (columns === 1 || size >= best.size * WORTH_A_COLUMN)) best = { size, columns, pages };
  }
  return best;
}

/** Binary search; null where not even the smallest size fits. */
function largestSize(min: number, max: number, fits: (size: number) => boolean): number | null {
  let [low, high] = [Math.round(min * STEPS_PER_UNIT), Math.round(max * STEPS_PER_UNIT)];
  if (!fits(low / STEPS_PER_UNIT)) return null;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle / STEPS_PER_UNIT)) low = middle;
    else high = middle - 1;
  }
  return low / STEPS_PER_UNIT;
}

/** The numbers of the items on a page, from the first to before the second. */
export function pageRange(items: number, { pages }: Pick<Fit, 'pages'>, page: number): readonly [number, number] {
  const perPage = Math.ceil(items / pages);
  return [page * perPage, Math.min(items, (page + 1) * perPage)];
}
