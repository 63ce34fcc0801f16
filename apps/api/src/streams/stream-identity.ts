import { randomBytes } from 'node:crypto';

const IDENTITY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?::g(\d{1,9}))?(?::[0-9a-f]+)?$/;

/** Whom an identity in LiveKit stands for, and of which generation of their stream tokens it is (docs/adr/0009). */
export interface StreamHolder {
  readonly actorId: string;
  readonly generation: number;
}

/** One per token: LiveKit ends the older of two connections with one identity, and watching in a second tab must not. */
export const viewerIdentity = (holder: StreamHolder) =>
  `${publisherIdentity(holder)}:${randomBytes(4).toString('hex')}`;

/** One per actor and generation: whoever goes on air in a second window leaves the air in the first. */
export const publisherIdentity = ({ actorId, generation }: StreamHolder) => `${actorId}:g${generation}`;

/** Who is behind an identity; null for participants that are not of this hub. One without a generation is of the first. */
export function holderOf(identity: string): StreamHolder | null {
  const [, actorId, generation = '0'] = IDENTITY.exec(identity) ?? [];
  return actorId === undefined ? null : { actorId, generation: Number(generation) };
}

/** The actor behind an identity; null for participants that are not of this hub. */
export const actorIdOf = (identity: string): string | null => holderOf(identity)?.actorId ?? null;
