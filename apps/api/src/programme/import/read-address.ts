/** An address of the web; links without a scheme get https, paths are resolved against `base`. null for other values. */
export function readAddress(value: unknown, base: URL | null): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^https?:\/\//i.test(text)) return URL.canParse(text) ? text : null;
  if (text.startsWith('//')) return absolute(`https:${text}`);
  // A scheme has no dot, and what follows the colon of a host is a port.
  if (text === '' || /^[a-z][a-z0-9+-]*:(?!\d)/i.test(text)) return null;
  if (/^[^\s/?#@:]+\.[^\s/?#@:.]{2,}(:\d+)?([/?#]|$)/.test(text)) return absolute(`https://${text}`);
  return base && URL.canParse(text, base.href) ? new URL(text, base).href : null;
}

function absolute(text: string): string | null {
  return URL.canParse(text) ? text : null;
}

/** The address that relative ones in a file begin with. */
export function readBase(value: unknown): URL | null {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : null;
}
