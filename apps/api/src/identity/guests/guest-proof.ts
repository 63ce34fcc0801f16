import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type GuestProof } from '#libs/contract/auth';
import { type SigningKey } from '../tokens/signing-keys.js';

/** A token is random bytes, its expiry in seconds, its bits and the signature: short enough to be hashed with a nonce in one block. */
const [RANDOM, ENDS, BITS] = [8, 4, 1];
const BODY = RANDOM + ENDS + BITS;
const SIGNATURE = 16;
/** Separates these signatures from those of JWTs, which begin with their header. */
const PURPOSE = 'plenum guest proof:';

/** About 65,000 hashes: a tenth of a second for a phone. Each further bit doubles it. */
const FEWEST_BITS = 16;
const MOST_BITS = 22;

/** The difficulty for an address that has used this part (0 to 1) of its sign-ins a minute. */
export function bitsFor(share: number): number {
  return FEWEST_BITS + Math.floor(Math.log2(1 + (2 ** (MOST_BITS - FEWEST_BITS) - 1) * share));
}

/** A challenge that is valid for one event, until `endsAt`, and needs no storage. */
export function signChallenge(eventId: string, bits: number, endsAt: Date, key: SigningKey): string {
  const body = Buffer.concat([randomBytes(RANDOM), Buffer.alloc(ENDS + BITS)]);
  body.writeUInt32BE(Math.floor(endsAt.getTime() / 1000), RANDOM);
  body.writeUInt8(bits, RANDOM + ENDS);
  return Buffer.concat([body, signature(eventId, body, key)]).toString('base64url');
}

/** Until when the proof's challenge is valid; null for one that is forged, of another event, expired, or not solved. */
export function provenUntil({ token, nonce }: GuestProof, eventId: string, keys: readonly SigningKey[]): Date | null {
  const bytes = Buffer.from(token, 'base64url');
  // One spelling for each challenge: the last letter has unused bits, and otherwise a used one would pass again in another spelling.
  if (bytes.length !== BODY + SIGNATURE || bytes.toString('base64url') !== token) return null;
  const [body, signed] = [bytes.subarray(0, BODY), bytes.subarray(BODY)];
  if (!keys.some((key) => timingSafeEqual(signature(eventId, body, key), signed))) return null;
  const endsAt = new Date(body.readUInt32BE(RANDOM) * 1000);
  const isProven = zeroBits(createHash('sha256').update(`${token}:${nonce}`).digest()) >= body.readUInt8(RANDOM + ENDS);
  return isProven && endsAt.getTime() > Date.now() ? endsAt : null;
}

/** Zero bits at the beginning, of the first 32. */
const zeroBits = (hash: Buffer) => Math.clz32(hash.readUInt32BE(0));

function signature(eventId: string, body: Buffer, { secret }: SigningKey): Buffer {
  return createHmac('sha256', secret).update(`${PURPOSE}${eventId}:`).update(body).digest().subarray(0, SIGNATURE);
}
