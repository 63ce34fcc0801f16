/** Caches compare weakly and may name several. */
export function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

export const acceptsGzip = (header: unknown) => acceptsEncoding(header, 'gzip');

/** Whether an Accept-Encoding header names the encoding, and not with a weight of 0. */
export function acceptsEncoding(header: unknown, name: 'gzip' | 'br'): boolean {
  return typeof header === 'string' && ACCEPTED[name].test(header);
}

const ACCEPTED = { gzip: patternOf('gzip'), br: patternOf('br') } as const;

function patternOf(name: string): RegExp {
  return new RegExp(`(^|,) *${name} *(,|$|; *q=(1|0\\.[0-9]*[1-9]))`);
}
