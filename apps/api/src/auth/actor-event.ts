import { z } from 'zod';

/** What happened to an actor. revoked: one token (`jti`), or all that are older; banned: from `eventId`; changed: name, roles or mutes. */
export const actorEvent = z.object({
  kind: z.enum(['revoked', 'banned', 'changed']),
  actorId: z.string(),
  jti: z.string().nullish(),
  eventId: z.string().nullish(),
  at: z.string(),
});
export type ActorEvent = z.infer<typeof actorEvent>;
