import { z } from 'zod';
import { id } from './text.js';

/**
 * What the projector of a session shows. It changes by explicit actions only; a question or poll that the audience may no longer see is
 * removed at once and replaced by the title.
 */
export const screen = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('title') }).describe('the title of the session, its address and its code'),
    z.object({ kind: z.literal('question'), questionId: id }).describe('the live question'),
    z.object({ kind: z.literal('poll'), pollId: id }).describe('an open or closed poll'),
    z.object({ kind: z.literal('result'), pollId: id }).describe('a result that the audience may see'),
    z.object({ kind: z.literal('top') }).describe('the most supported questions'),
    z.object({ kind: z.literal('nothing') }),
  ])
  .meta({ id: 'Screen' });
export type Screen = z.infer<typeof screen>;
export type ScreenKind = Screen['kind'];

export const screenShow = z.object({ sessionId: id, screen });
/** `before` is what the action replaced, so that it can be undone: the previous content of the projector and the previous live question. */
export const screenShown = z.object({
  screen,
  version: z.number().int(),
  before: z.object({ screen, liveQuestionId: id.nullable() }),
});
export type ScreenShow = z.infer<typeof screenShow>;
export type ScreenShown = z.infer<typeof screenShown>;
