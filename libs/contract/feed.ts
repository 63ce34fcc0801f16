import { z } from 'zod';
import { cue } from './cue.js';
import { ballot, poll } from './poll.js';
import { session } from './programme.js';
import { question, questionRevision } from './question.js';
import { id, instant } from './text.js';

const ordinal = z.number().int().min(1);

/** The state of a session in a view. */
export const snapshot = z
  .object({
    session,
    questions: z.array(question),
    polls: z.array(poll),
    cues: z.array(cue).optional().describe('for speakers and moderators only'),
    viewers: z.number().int(),
  })
  .meta({ id: 'Snapshot' });
export type Snapshot = z.infer<typeof snapshot>;

/**
 * One message of the session feed; every value is absolute. It applies when `from <= mine`, is ignored when `version <= mine` (its
 * `viewers` still count, they have no version), and otherwise the receiver joins again with `since`. A frame with `from = version = mine`
 * shows more of the same version, such as results to a person who has just voted.
 */
export const frame = z.object({
  sessionId: id,
  from: z.number().int(),
  version: z.number().int(),
  questions: z.array(question).optional(),
  scores: z
    .array(z.tuple([ordinal, z.number().int()]))
    .optional()
    .describe('the ordinal of a question, and its score'),
  polls: z.array(poll).optional(),
  cues: z.array(cue).optional().describe('for speakers and moderators only'),
  removed: z.array(id).optional().describe('questions and polls that the receiver no longer sees'),
  viewers: z.number().int().optional(),
  session: session.optional(),
});
export type Frame = z.infer<typeof frame>;

/** The same for a client of protocol 1: scores name the id of their question. */
export const frameOfProtocol1 = frame.extend({ scores: z.array(z.tuple([id, z.number().int()])).optional() });

/** The actor's own votes, ballots and questions in a session. */
const mine = z.object({
  votes: z.array(id).describe('questions that the actor supports'),
  ballots: z.record(id, ballot).describe('by poll, of its current round'),
  own: z.array(id).describe('own questions that are in the list'),
  questions: z
    .array(question)
    .describe('own questions that are not in the list: pending, rejected, hidden, withdrawn, merged'),
  revisions: z
    .record(id, questionRevision)
    .optional()
    .describe('by question, of those in the list: own new words that wait or were refused'),
});
export type Mine = z.infer<typeof mine>;

/** A version of a feed: only within one epoch do versions belong to the same history. */
const feedPoint = z.object({ epoch: z.string().max(40), version: z.number().int().min(0) });
export type FeedPoint = z.infer<typeof feedPoint>;

/** `desk`: the page is a moderator's desk. The other desks of the session show its actor, and it gets `session:desk`; for others it is ignored. */
export const sessionJoin = z.object({
  sessionId: id,
  since: feedPoint
    .or(z.number().int().min(0))
    .optional()
    .describe('what the client has; a version alone in protocol 1'),
  desk: z.boolean().optional(),
});
export const sessionJoined = z.object({
  version: z.number().int(),
  epoch: z.string().describe('the history to which the version belongs: another one after a database was restored'),
  serverTime: instant,
  view: z.enum(['audience', 'speaker', 'moderator']),
  snapshot: snapshot.optional(),
  frames: z.array(frame).optional(),
  me: mine,
});
export type SessionJoined = z.infer<typeof sessionJoined>;
export const sessionLeave = z.object({ sessionId: id });

/** `slow` is for a page that nobody sees: at most one frame in two seconds. With `usual` it gets what it missed at once. */
export const connectionPace = z.object({ pace: z.enum(['usual', 'slow']) });
export type Pace = z.infer<typeof connectionPace>['pace'];

/** For one actor only. */
export const actorNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('question'), sessionId: id, question }),
  z.object({ kind: z.literal('role'), sessionId: id.optional() }),
]);
export type ActorNotice = z.infer<typeof actorNotice>;

const CLOSING_REASONS = ['restart', 'signed_out', 'banned', 'expired', 'slow', 'flooding'] as const;
/** Sent before the server closes a connection; `reconnectAfter` in milliseconds, null when reconnecting is pointless. */
export const connectionClosing = z.object({
  reason: z.enum(CLOSING_REASONS),
  reconnectAfter: z.number().int().nullable(),
});
export type ConnectionClosing = z.infer<typeof connectionClosing>;
