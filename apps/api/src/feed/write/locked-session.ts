import { z } from 'zod';
import { type Screen } from '#libs/contract/screen';
import { GUESTS_MODES } from '#libs/domain/event-modes';
import { QA_STATES, SESSION_STATES } from '#libs/domain/session-states';
import { screenColumns, type ScreenRow } from '../replica/session-screen.js';

export const lockedRow = z.object({
  id: z.string(),
  eventId: z.string(),
  roomId: z.string(),
  state: z.enum(SESSION_STATES),
  qa: z.enum(QA_STATES),
  premoderated: z.boolean(),
  /** Seconds between two questions of one actor; 0 is off. */
  slowMode: z.number(),
  /** Whether its speakers may advance the questions themselves. */
  speakersAdvance: z.boolean(),
  /** What guests may do in its event. */
  guests: z.enum(GUESTS_MODES),
  version: z.number(),
  ...screenColumns.shape,
});

/** The session's row as locked by a write, with the content of its projector: the basis of its decisions. */
export type LockedSession = Readonly<Omit<z.infer<typeof lockedRow>, keyof ScreenRow>> & { readonly screen: Screen };
