/** The search part of an address as plain words, so that people can read and share it. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** Lists are joined with commas; empty values are omitted. */
export function stringifySearch(search: Record<string, unknown>): string {
  const entries = Object.entries(search).flatMap(([key, value]): [string, string][] => {
    const text = Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : '';
    return text ? [[key, text]] : [];
  });
  const text = new URLSearchParams(entries).toString().replaceAll('%2C', ',');
  return text ? `?${text}` : '';
}
