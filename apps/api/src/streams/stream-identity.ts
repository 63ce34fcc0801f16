import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type SigningKey, type SigningKeys } from '../identity/tokens/signing-keys.js';

/** The actor of an identity in LiveKit, and the generation of their stream tokens (docs/adr/0009). */
export interface StreamHolder {
  readonly actorId: string;
  readonly generation: number;
}

const CIPHER = 'aes-256-gcm';
const [NONCE, ACTOR, GENERATION, TAG, RESOLVING] = [12, 16, 4, 16, 16];
/** `nonce.sealed.mark`: the form of a hub's identity, also of one whose key this hub does not have. */
const IDENTITY = /^([\w-]{16})\.([\w-]{48})\.([0-9a-f]{8})$/;
/** The form of earlier versions of the hub: valid for as long as such a connection lasts. */
const READABLE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?::g(\d{1,9}))?(?::[0-9a-f]+)?$/;
/** Decrypting one takes about 5 µs, and every sweep needs those of all viewers. 20,000 of them are about 5 MB. */
const KEPT = 20_000;

/**
 * The identities that the hub issues for LiveKit (docs/adr/0011). Each is for one token: a random nonce, the actor and their generation
 * sealed with the hub's key, and a mark that only the same person's pages can recognise.
 */
export class StreamIdentities {
  private readonly opened = new LRUCache<string, StreamHolder>({ max: KEPT });
  /** The first encrypts, all of them decrypt, as with the hub's own tokens. */
  private readonly sealing: readonly [Buffer, ...Buffer[]];

  constructor(private readonly keys: SigningKeys) {
    const [first, ...older] = keys;
    this.sealing = [sealingKey(first), ...older.map(sealingKey)];
  }

  /** An identity for one token. No two are the same, and only the hub's key reveals their person. */
  issue({ actorId, generation }: StreamHolder): string {
    const nonce = randomBytes(NONCE);
    const mark = markOf(nonce.toString('base64url'), this.resolvingKeyOf(actorId));
    const cipher = createCipheriv(CIPHER, this.sealing[0], nonce).setAAD(Buffer.from(mark));
    const sealed = [cipher.update(toPlain(actorId, generation)), cipher.final(), cipher.getAuthTag()];
    return [nonce.toString('base64url'), Buffer.concat(sealed).toString('base64url'), mark].join('.');
  }

  /** The actor of an identity; null for one that this hub did not issue, or with a key that was removed. */
  holderOf(identity: string): StreamHolder | null {
    const known = this.opened.get(identity);
    if (known) return known;
    const holder = this.open(identity) ?? readableHolder(identity);
    if (holder) this.opened.set(identity, holder);
    return holder;
  }

  /** Whether it has the form of this hub's identities, but no key decrypts it: it was issued with a key that was removed since. */
  isOfLostKey(identity: string): boolean {
    return IDENTITY.test(identity) && this.holderOf(identity) === null;
  }

  /** The key with which a person's own pages recognise their identities; send it to nobody else. */
  resolvingKeyOf(actorId: string): string {
    return derive(this.keys[0], `resolving ${actorId}`).subarray(0, RESOLVING).toString('base64url');
  }

  private open(identity: string): StreamHolder | null {
    const [, nonce, sealed, mark] = IDENTITY.exec(identity) ?? [];
    if (!nonce || !sealed || !mark) return null;
    for (const key of this.sealing) {
      const plain = unseal(key, Buffer.from(nonce, 'base64url'), Buffer.from(sealed, 'base64url'), mark);
      if (plain) return toHolder(plain);
    }
    return null;
  }
}

const derive = ({ secret }: SigningKey, purpose: string) =>
  createHmac('sha256', secret).update(`plenum stream identity: ${purpose}`).digest();

const sealingKey = (key: SigningKey) => derive(key, 'sealing');

/** As libs/client/own-identity.ts computes it, in a browser. */
const markOf = (nonce: string, resolvingKey: string) =>
  createHash('sha256').update(`${resolvingKey}${nonce}`).digest('hex').slice(0, 8);

function unseal(key: Buffer, nonce: Buffer, sealed: Buffer, mark: string): Buffer | null {
  const body = sealed.subarray(0, sealed.length - TAG);
  const decipher = createDecipheriv(CIPHER, key, nonce)
    .setAAD(Buffer.from(mark))
    .setAuthTag(sealed.subarray(body.length));
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return null;
  }
}

function toPlain(actorId: string, generation: number): Buffer {
  const plain = Buffer.alloc(ACTOR + GENERATION);
  plain.write(actorId.replaceAll('-', ''), 'hex');
  plain.writeUInt32BE(generation, ACTOR);
  return plain;
}

function toHolder(plain: Buffer): StreamHolder {
  const actorId = plain.toString('hex', 0, ACTOR).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { actorId, generation: plain.readUInt32BE(ACTOR) };
}

/** One without a generation is of the first. */
function readableHolder(identity: string): StreamHolder | null {
  const [, actorId, generation = '0'] = READABLE.exec(identity) ?? [];
  return actorId === undefined ? null : { actorId, generation: Number(generation) };
}
