import type { Cue } from '#libs/contract/cue';

/** In ms. A speaker who joins later than this does not get a message that another speaker confirmed: its “2 minutes left” are over. */
const FRESH_MS = 10 * 60_000;

/** Messages that the speaker has not confirmed and nobody withdrew, the newest first. */
export function unseenCues(cues: readonly Cue[], actorId: string | null, now: number): Cue[] {
  return cues
    .filter(({ withdrawnAt, seenBy }) => !withdrawnAt && !seenBy.some(({ id }) => id === actorId))
    .filter(({ sentAt, seenBy }) => seenBy.length === 0 || now - Date.parse(sentAt) < FRESH_MS)
    .sort((a, b) => (a.sentAt < b.sentAt ? 1 : -1));
}
