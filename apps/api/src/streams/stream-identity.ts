import { randomBytes } from 'node:crypto';

const ACTOR = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?::[0-9a-f]+)?$/;

/** One per token: LiveKit ends the older of two connections with one identity, and watching in a second tab must not. */
export const viewerIdentity = (actorId: string) => `${actorId}:${randomBytes(4).toString('hex')}`;

/** One per actor: whoever goes on air in a second window leaves the air in the first. */
export const publisherIdentity = (actorId: string) => actorId;

/** The actor behind an identity; null for participants that are not of this hub. */
export function actorIdOf(identity: string): string | null {
  return ACTOR.exec(identity)?.[1] ?? null;
}
