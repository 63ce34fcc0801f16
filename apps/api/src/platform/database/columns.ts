import { type ValueTransformer } from 'typeorm';

/** The expression of a check: the column holds one of the values. */
export const isOneOf = (column: string, values: readonly string[]) =>
  `${column} IN (${values.map((value) => `'${value}'`).join(', ')})`;

/** The expression of a check: `slug` is made of lower-case words with hyphens, at most 80 characters. */
export const IS_SLUG = `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80`;

/** pg returns bigint as text. The counters of this hub stay far below 2^53. */
export const asNumber: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: number | null | undefined) => value,
};
