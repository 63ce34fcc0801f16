import { z } from 'zod';
import { id } from './text.js';

/** Every error code on the wire with its HTTP status. A code is never renamed; messages may change. */
export const ERRORS = {
  'request.invalid': 400,
  'request.too_large': 413,
  'protocol.unsupported': 400,
  'auth.required': 401,
  'auth.invalid': 401,
  'auth.expired': 401,
  'auth.bad_credentials': 401,
  'auth.password_change_required': 403,
  'auth.guests_refused': 403,
  'auth.proof_required': 403,
  'auth.origin_refused': 403,
  forbidden: 403,
  'guests.watch_only': 403,
  'actor.muted': 403,
  'actor.banned': 403,
  not_found: 404,
  conflict: 409,
  'slug.taken': 409,
  'session.overlap': 409,
  'session.state': 409,
  'question.closed': 409,
  'question.duplicate': 409,
  'question.blocked': 422,
  'question.not_votable': 409,
  'question.not_editable': 409,
  'question.state': 409,
  'poll.not_open': 409,
  'poll.already_answered': 409,
  'poll.frozen': 409,
  'poll.state': 409,
  'poll.round_over': 409,
  'schedule.unusable': 422,
  'schedule.cancels': 409,
  'stream.preparing': 503,
  'stream.unavailable': 503,
  'rate.limited': 429,
  busy: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERRORS;
const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

/** The proof of work of a new guest of an event: see `guestProof` in auth.ts. */
const proofChallenge = z.object({ token: z.string(), bits: z.number().int() });
export type ProofChallenge = z.infer<typeof proofChallenge>;

/** A session that a refused import would have cancelled. */
const cancelledByImport = z.object({ guid: z.string(), title: z.string(), start: z.string() });
export type CancelledByImport = z.infer<typeof cancelledByImport>;

/** An error as clients see it. `field` names the payload's wrong part (dotted path); `retryAfter` is in seconds, `challenge` comes with auth.proof_required, `cancels` with schedule.cancels (at most 200), `questionId` (the visible question with the same text) with question.duplicate, `supported` (the oldest and the newest protocol) with protocol.unsupported. */
export const wireError = z
  .object({
    code: errorCode,
    message: z.string(),
    requestId: z.string().optional(),
    field: z.string().optional(),
    retryAfter: z.number().optional(),
    challenge: proofChallenge.optional(),
    cancels: z.array(cancelledByImport).optional(),
    questionId: id.optional(),
    supported: z.array(z.number().int()).optional(),
  })
  .meta({ id: 'Error' });
export type WireError = z.infer<typeof wireError>;

/** The body of every HTTP error. */
export const errorEnvelope = z.object({ error: wireError }).meta({ id: 'ErrorEnvelope' });
