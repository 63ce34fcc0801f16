import { sha256 } from '@noble/hashes/sha2.js';

/**
 * The first 32 bits of the SHA-256 of an ASCII text, at once and without WebCrypto, which takes a promise for each and does not exist on
 * a page without TLS. About 4 µs for a text of up to 55 letters.
 */
export function firstWordOfSha256(text: string): number {
  const { buffer, byteOffset } = sha256(toBytes(text));
  return new DataView(buffer, byteOffset).getUint32(0);
}

function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
