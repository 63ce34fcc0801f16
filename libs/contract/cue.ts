import { z } from 'zod';
import { CUE_LENGTH, CUE_PRESETS } from '#libs/domain/cues';
import { id, instant, plainText } from './text.js';

/** A silent message of a moderator to the speakers of a session: a preset that the interface translates, or free text. */
export const cue = z
  .object({
    id,
    preset: z.enum(CUE_PRESETS).optional(),
    text: z.string().optional(),
    author: z.object({ name: z.string().nullable() }),
    sentAt: instant,
    seenBy: z
      .array(z.object({ id, name: z.string().nullable(), at: instant }))
      .describe('the speakers who confirmed it'),
    withdrawnAt: instant.optional(),
  })
  .meta({
    id: 'Cue',
    description: 'for speakers and moderators of the session; a withdrawn one has no words for speakers',
  });
export type Cue = z.infer<typeof cue>;

export const cueSend = z
  .object({ id, sessionId: id, preset: z.enum(CUE_PRESETS).optional(), text: plainText(CUE_LENGTH).optional() })
  .refine(({ preset, text }) => (preset === undefined) !== (text === undefined), {
    path: ['text'],
    message: 'a preset or a text, not both',
  });
export const cueAct = z.object({ cueId: id });
export type CueSend = z.infer<typeof cueSend>;
