import { z } from 'zod';
import { type TokenClaims } from './actor.js';

/**
 * What happened to an actor. revoked: one sign-in (`jti`), or all that are older; banned: from `eventId`; changed: roles or mutes;
 * renamed: nothing that they may do, and only a message: a node that misses it shows the old name for seconds.
 */
export const actorEvent = z.object({
  kind: z.enum(['revoked', 'banned', 'changed', 'renamed']),
  actorId: z.string(),
  jti: z.string().nullish(),
  eventId: z.string().nullish(),
  at: z.string(),
});
export type ActorEvent = z.infer<typeof actorEvent>;

/** Whether a token ended by what happened; those made after the moment live on. */
export function endsToken({ kind, jti, at }: ActorEvent, { id, issuedAt }: TokenClaims): boolean {
  switch (kind) {
    case 'banned':
      return true;
    case 'revoked':
      return jti ? jti === id : !issuedAt || issuedAt < new Date(at);
    case 'changed':
    case 'renamed':
      return false;
  }
}
