import { z } from 'zod';
import {
  OPTIONS_AT_MOST,
  POLL_BOUND_AT_MOST,
  POLL_OPTION_LENGTH,
  POLL_QUESTION_LENGTH,
} from '#libs/domain/poll-limits';
import { POLL_STATES, POLL_TYPES, RESULT_VISIBILITIES } from '#libs/domain/poll-states';
import { id, instant, languageTag, plainText } from './text.js';

const pollType = z.enum(POLL_TYPES);
const pollState = z.enum(POLL_STATES);
const resultVisibility = z.enum(RESULT_VISIBILITIES);

const tally = z.object({
  ballots: z.number().int(),
  counts: z.array(z.tuple([id, z.number().int()])).describe('[optionId, n], in the order of the options'),
});
export type Tally = z.infer<typeof tally>;

const question = plainText(POLL_QUESTION_LENGTH);
const optionText = plainText(POLL_OPTION_LENGTH);

/** A poll's texts by language tag; the options stand in the order of the poll's own. */
const pollTranslations = z.record(
  languageTag,
  z.object({ question: question.optional(), options: z.array(optionText).max(OPTIONS_AT_MOST).optional() }),
);
export type PollTranslations = z.infer<typeof pollTranslations>;

/** A poll. The options of a rating are its steps, `min` to `max`, as text. */
export const poll = z
  .object({
    id,
    question: z.string(),
    type: pollType,
    state: pollState,
    options: z.array(z.object({ id, text: z.string() })),
    translations: pollTranslations.optional(),
    min: z.number().int().optional(),
    max: z.number().int().optional(),
    results: resultVisibility,
    published: z.boolean(),
    changeable: z.boolean(),
    openedAt: instant.optional(),
    closedAt: instant.optional(),
    publishedAt: instant.optional(),
    endsAt: instant.optional(),
    round: z.number().int(),
    tally: tally.optional().describe('only for those who may see it now'),
  })
  .meta({ id: 'Poll' });
export type Poll = z.infer<typeof poll>;

export const ballot = z
  .object({
    choices: z.array(id).max(100).optional(),
    rating: z.number().int().min(0).max(POLL_BOUND_AT_MOST).optional(),
    text: plainText(200).optional(),
  })
  .meta({ id: 'Ballot' });
export type Ballot = z.infer<typeof ballot>;

const pollShape = {
  question,
  type: pollType,
  options: z.array(optionText).max(OPTIONS_AT_MOST).default([]),
  translations: pollTranslations.optional().describe('as many options per language as the poll has'),
  min: z.number().int().min(0).max(POLL_BOUND_AT_MOST).optional(),
  max: z.number().int().min(1).max(POLL_BOUND_AT_MOST).optional(),
  results: resultVisibility,
  changeable: z.boolean(),
};
export const pollCreate = z.object({ id, sessionId: id, ...pollShape });
export const pollUpdate = z.object({
  pollId: id,
  ...z.object(pollShape).partial().shape,
  options: pollShape.options.unwrap().optional(),
});
export const pollOpen = z.object({ pollId: id, endsAt: instant.optional() });
export const pollAct = z.object({ pollId: id });
/** `published: false` undoes publishing. */
export const pollPublish = z.object({ pollId: id, published: z.boolean().default(true) });
export const pollAnswer = ballot.extend({
  pollId: id,
  round: z.number().int().optional().describe('refused when another round is open'),
});
export const pollChanged = z.object({ poll });
export const pollAnswered = z.object({
  version: z.number().int(),
  duplicate: z.boolean(),
  poll: poll.describe('as the voter may see it now'),
});
export type PollCreate = z.infer<typeof pollCreate>;
export type PollUpdate = z.infer<typeof pollUpdate>;
export type PollAnswer = z.infer<typeof pollAnswer>;
