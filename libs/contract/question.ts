import { z } from 'zod';
import { NOTE_LENGTH, QUESTION_LENGTH, REASON_LENGTH } from '#libs/domain/question-limits';
import { QUESTION_STATES } from '#libs/domain/question-states';
import { MODERATIONS } from '#libs/domain/question-transitions';
import { id, instant, languageTag, plainText } from './text.js';

const questionState = z.enum(QUESTION_STATES);

/** A new text by the author of a question which everybody sees: it waits for a moderator, or was rejected. */
export const questionRevision = z.object({
  id,
  text: z.string(),
  at: instant,
  state: z.enum(['pending', 'rejected']),
  reason: z.string().optional(),
});
export type QuestionRevision = z.infer<typeof questionRevision>;

/** A note of the moderators on a question; `id` names this text. */
const questionNote = z.object({ id, text: z.string(), author: z.string().nullable(), at: instant });
export type QuestionNote = z.infer<typeof questionNote>;

export const question = z
  .object({
    id,
    n: z.number().int().min(1).describe('its number in the session, never used again: stands for the id in `scores`'),
    text: z.string(),
    state: questionState,
    pinned: z.boolean(),
    score: z.number().int(),
    author: z.object({ name: z.string().nullable(), id: id.optional() }).nullable(),
    anonymous: z.boolean(),
    language: languageTag.optional(),
    askedAt: instant,
    liveAt: instant.optional(),
    answeredAt: instant.optional(),
    edited: z.boolean().optional(),
    reason: z.string().optional(),
    mergedInto: id.optional(),
    revision: questionRevision.optional(),
    advancedBy: z
      .object({ name: z.string().nullable() })
      .optional()
      .describe('the speaker who gave it its state, for moderators only'),
    reply: z.object({ text: z.string(), author: z.string().nullable(), at: instant }).optional(),
    note: questionNote.optional(),
  })
  .meta({
    id: 'Question',
    description:
      'author is null for everyone but moderators when anonymous; author.id and note are for moderators only; reason, mergedInto and revision are for moderators and the author',
  });
export type Question = z.infer<typeof question>;

export const questionAsk = z.object({
  id,
  sessionId: id,
  text: plainText(QUESTION_LENGTH),
  anonymous: z.boolean().default(false),
  language: languageTag.optional(),
});
export const questionVote = z.object({ questionId: id, value: z.boolean() });
export const questionVoted = z.object({ score: z.number().int(), version: z.number().int(), duplicate: z.boolean() });
export const questionEdit = z.object({ questionId: id, text: plainText(QUESTION_LENGTH) });
export const questionWithdraw = z.object({ questionId: id });

const moderationAction = z.enum(MODERATIONS);

/**
 * `reason` is shown to the author of a rejected question; `into` is the question that a merge keeps; with `keepScreen` a question becomes
 * live and the projector does not change.
 */
export const questionModerate = z
  .object({
    questionId: id,
    action: moderationAction,
    reason: plainText(REASON_LENGTH).optional(),
    into: id.optional(),
    keepScreen: z.boolean().optional(),
  })
  .refine((payload) => payload.action !== 'merge' || payload.into !== undefined, {
    path: ['into'],
    message: 'a merge needs the question that it keeps',
  });
/** Approves or rejects the new text of a question. `revision` names the one that the moderator read: the author may have replaced it. */
export const questionReview = z.object({
  questionId: id,
  revision: id,
  decision: z.enum(['approve', 'reject']),
  reason: plainText(REASON_LENGTH).optional(),
});
export const questionReply = z.object({ questionId: id, text: plainText(QUESTION_LENGTH) });
/**
 * A speaker's own step, where the moderators of the session allow it: the question `from` is answered, and with `next` the most supported
 * approved one becomes live. Where another question than `from` is live, nothing changes.
 */
export const questionAdvance = z.object({ sessionId: id, from: id.nullable(), next: z.boolean() });
export const questionAdvanced = z.object({
  liveQuestionId: id.nullable().describe('what is live now'),
  changed: z.boolean(),
  version: z.number().int(),
});
/**
 * Writes the moderators' note on a question, or removes it (`text` null). The client makes the id of the text; `replaces` is the id of
 * the note that the moderator read, null where there was none: another note since then is a conflict.
 */
export const questionAnnotate = z.object({
  questionId: id,
  id,
  text: plainText(NOTE_LENGTH).nullable(),
  replaces: id.nullable(),
});
export const questionHistory = z.object({ questionId: id });

/** One recorded moderation action, newest first in a history. */
export const moderationEntry = z.object({
  action: z.string(),
  actor: z.string().nullable(),
  reason: z.string().optional(),
  at: instant,
});
export type ModerationEntry = z.infer<typeof moderationEntry>;
export type QuestionAdvance = z.infer<typeof questionAdvance>;
export type QuestionAdvanced = z.infer<typeof questionAdvanced>;
export type QuestionModerate = z.infer<typeof questionModerate>;
export type QuestionReview = z.infer<typeof questionReview>;
export type QuestionAnnotate = z.infer<typeof questionAnnotate>;
