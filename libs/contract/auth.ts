import { z } from 'zod';
import { NAME_LENGTH } from '#libs/domain/actor-limits';
import { REASON_LENGTH } from '#libs/domain/question-limits';
import { actor, role } from './roles.js';
import { id, plainText, slug } from './text.js';

const displayName = plainText(NAME_LENGTH);

/**
 * The proof of work for a refusal with auth.proof_required: SHA-256 of `token:nonce` begins with as many zero bits as its challenge
 * requires. A challenge is valid for two minutes, for one guest of one event.
 */
const guestProof = z.object({ token: z.string().max(100), nonce: z.string().regex(/^[0-9a-z]{1,20}$/) });
export type GuestProof = z.infer<typeof guestProof>;

export const guestSignIn = z
  .object({ event: slug, name: displayName.optional(), proof: guestProof.optional() })
  .meta({ id: 'GuestSignIn', example: { event: 'ai-week', name: 'Ada' } });
/** Without an event: an organiser of the whole demo. */
export const demoSignIn = z
  .object({ event: slug.optional(), role, name: displayName.optional() })
  .refine(({ event, role: wanted }) => event !== undefined || wanted === 'organiser', {
    path: ['event'],
    message: 'only organisers can sign in without an event',
  })
  .meta({ id: 'DemoSignIn', example: { event: 'ai-week', role: 'moderator' } });
export const passwordSignIn = z
  .object({ login: plainText(200), password: z.string().min(1).max(500) })
  .meta({ id: 'PasswordSignIn', example: { login: 'organiser', password: 'correct horse battery' } });
export const passwordChange = z
  .object({ current: z.string().min(1).max(500), next: z.string().min(12).max(500) })
  .meta({ id: 'PasswordChange', example: { current: 'correct horse battery', next: 'battery staple horse' } });

/** The response to every sign-in; the same token is set as a cookie. */
export const signedIn = z.object({ token: z.string(), actor }).meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof signedIn>;

export const me = z.object({ actor: actor.nullable() }).meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

/** What the web app needs to know of this hub before sign-in. */
export const hubInfo = z
  .object({
    demo: z.boolean(),
    version: z.string(),
    streams: z.enum(['ready', 'preparing', 'unavailable']),
    demoStage: z
      .enum(['off', 'on', 'not-installed'])
      .describe('whether the demo has a synthetic speaker; not-installed: @livekit/rtc-node is missing'),
  })
  .meta({ id: 'HubInfo' });
export type HubInfo = z.infer<typeof hubInfo>;

/** A moderator's measure against one person in an event: muted people can only read, banned ones lose every connection. */
export const actorRestrict = z.object({
  sessionId: id,
  actorId: id,
  restriction: z.enum(['mute', 'unmute', 'ban', 'unban']),
  reason: plainText(REASON_LENGTH).optional(),
});
export type ActorRestrict = z.infer<typeof actorRestrict>;
