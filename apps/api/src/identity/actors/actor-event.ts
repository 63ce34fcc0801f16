import { z } from 'zod';
import { type TokenClaims } from './actor.js';

/**
 * An event of an actor. revoked: one sign-in (`jti`), or all older ones; banned: from `eventId`; changed: roles or mutes; renamed: no
 * right changes, and only a message: a node that misses it shows the old name for seconds.
 */
export const actorEvent = z.object({
  kind: z.enum(['revoked', 'banned', 'changed', 'renamed']),
  actorId: z.string(),
  jti: z.string().nullish(),
  eventId: z.string().nullish(),
  at: z.string(),
});
export type ActorEvent = z.infer<typeof actorEvent>;

/** Whether the event revokes a token; tokens made later stay valid. */
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
