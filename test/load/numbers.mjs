export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The median, and the least and the most of several runs. */
export function spread(values, digits = 0) {
  if (values.length === 0) return '–';
  const show = (value) => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map(show);
  return values.length === 1 ? middle : `${middle} (${least}–${most})`;
}

/** The values of the runs; older ones may not have them. */
export const known = (runs, pick) => runs.map(pick).filter((value) => value !== null && value !== undefined);

/** A table of Markdown. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return rows.length > 0 ? [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n') : null;
}
