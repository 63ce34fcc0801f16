import { z } from 'zod';
import { ROLES } from '#libs/domain/roles';
import { id } from './text.js';

export const role = z.enum(ROLES);

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
