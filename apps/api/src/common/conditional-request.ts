/** Caches compare weakly and may name several. */
export function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

export function acceptsGzip(header: unknown): boolean {
  return typeof header === 'string' && /(^|,) *gzip *(,|$|; *q=(1|0\.[0-9]*[1-9]))/.test(header);
}
