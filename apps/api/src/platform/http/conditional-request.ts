/** Caches compare weakly and may name several. */
export function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

export const acceptsGzip = (header: unknown) => acceptsEncoding(header, 'gzip');

/** Whether an Accept-Encoding header names the encoding, and not with a weight of 0. */
export function acceptsEncoding(header: unknown, name: 'gzip' | 'br'): boolean {
  if (typeof header !== 'string') return false;
  return header.split(',').some((one) => {
    const [coding = '', ...parameters] = one.split(';').map((part) => part.trim());
    return coding === name && !parameters.some((parameter) => REFUSED.test(parameter));
  });
}

const REFUSED = /^q=0(\.0{0,3})?$/;
