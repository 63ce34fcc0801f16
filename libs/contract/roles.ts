import { z } from 'zod';
import { id } from './text.js';

/** From least to most: what a person may do in an event. Guests are attendees without an account. */
export const ROLES = ['guest', 'attendee', 'interpreter', 'speaker', 'moderator', 'organiser'] as const;
export const role = z.enum(ROLES);
export type Role = (typeof ROLES)[number];

/** The requesting actor, as sent to themselves. `sessions` are roles that hold in one session only. */
export const actor = z
  .object({
    id,
    name: z.string().nullable(),
    eventId: id.nullable().describe('null: an organiser of the whole hub'),
    role,
    sessions: z.array(z.object({ sessionId: id, role })),
    mustChangePassword: z.boolean().optional(),
  })
  .meta({ id: 'Actor' });
export type Actor = z.infer<typeof actor>;
