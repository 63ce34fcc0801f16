import { z } from 'zod';
import { type TokenClaims } from './actor.js';

/** What happened to an actor. revoked: one token (`jti`), or all that are older; banned: from `eventId`; changed: name, roles or mutes. */
export const actorEvent = z.object({
  kind: z.enum(['revoked', 'banned', 'changed']),
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
      return false;
  }
}
