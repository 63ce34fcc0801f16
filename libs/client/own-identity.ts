import { firstWordOfSha256 } from './sha256.js';

/**
 * Whether an identity in a LiveKit room is of the person whom a stream token with this `resolvingKey` was made for. Identities are
 * different for each token and do not reveal their person to others. False for identities of another form.
 */
export function isOwnIdentity(identity: string, resolvingKey: string): boolean {
  const [nonce, , mark, ...more] = identity.split('.');
  return nonce !== undefined && more.length === 0 && mark === markOf(nonce, resolvingKey);
}

/** The end of an identity: the first 32 bits of the SHA-256 of key and nonce, in hexadecimal. */
function markOf(nonce: string, resolvingKey: string): string {
  return firstWordOfSha256(`${resolvingKey}${nonce}`).toString(16).padStart(8, '0');
}
