import { z } from 'zod';
import { id, instant } from './text.js';

/** LiveKit grants, spelt as in LiveKit's tokens. */
const streamGrants = z.object({
  room: z.string(),
  roomJoin: z.literal(true),
  canSubscribe: z.boolean(),
  canPublish: z.boolean(),
  canPublishData: z.boolean(),
  hidden: z.boolean().describe('others in the LiveKit room neither see nor hear of them'),
  canPublishSources: z.array(z.enum(['camera', 'microphone', 'screen_share', 'screen_share_audio'])).optional(),
});
export type StreamGrants = z.infer<typeof streamGrants>;

/** The requested rights of a token; without it, everything that the role allows. To watch only, in any number of windows: `publish: false`. */
export const streamTokenRequest = z
  .object({ publish: z.boolean().default(true) })
  .meta({ id: 'StreamTokenRequest', example: { publish: false } });
export type StreamTokenRequest = z.input<typeof streamTokenRequest>;

export const streamToken = z
  .object({
    url: z.string(),
    token: z.string(),
    identity: z.string().describe('opaque, and another one for each token'),
    resolvingKey: z.string().describe('recognises identities of the same person in a LiveKit room'),
    roomName: z.string(),
    expiresAt: instant,
    grants: streamGrants,
  })
  .meta({ id: 'StreamToken' });
export type StreamToken = z.infer<typeof streamToken>;

/** A person who is connected to a room's stream with the right to publish, for moderators. */
const publisher = z
  .object({
    identity: z.string(),
    name: z.string().nullable(),
    actorId: id.nullable(),
    sources: z.array(z.string()).describe('what is being published now: camera, microphone, screen_share'),
    joinedAt: instant,
  })
  .meta({ id: 'Publisher' });
export type Publisher = z.infer<typeof publisher>;
export const publishers = z.object({ publishers: z.array(publisher) }).meta({ id: 'Publishers' });
export type Publishers = z.infer<typeof publishers>;
