import { z } from 'zod';
import { id, instant } from './text.js';

/** Another person who has the desk of the session open. */
const deskPerson = z.object({ name: z.string().nullable() });
export type DeskPerson = z.infer<typeof deskPerson>;

/** A mute or ban that is in force in the session's event; `by` is the name of the moderator, null where it is not known. */
const restricted = z.object({
  actorId: id,
  kind: z.enum(['mute', 'ban']),
  since: instant,
  by: z.string().nullable(),
  reason: z.string().optional(),
});
export type Restricted = z.infer<typeof restricted>;

/**
 * For the connections that joined a session as a desk: the other moderators at a desk, and the restrictions of its event (at most the
 * 1,000 newest). Every list is absolute; one that is missing has not changed.
 */
export const sessionDesk = z.object({
  sessionId: id,
  others: z.array(deskPerson).readonly().optional(),
  restricted: z.array(restricted).readonly().optional(),
});
export type SessionDesk = z.infer<typeof sessionDesk>;
