import { type Cue } from '#libs/contract/cue';
import { type View } from '../feed/feed-kind.js';
import { type CueRecord } from './cue-record.js';

/** A message in a view; null for the audience, in every state (G7). A withdrawn one has no text for speakers. */
export function presentCue(record: CueRecord, { audience }: Pick<View, 'audience'>): Cue | null {
  if (audience === 'audience') return null;
  const { id, preset, text, authorName, sentAt, seenBy, withdrawnAt } = record;
  const isReadable = withdrawnAt === null || audience === 'moderator';
  return {
    id,
    ...(isReadable && preset !== null && { preset }),
    ...(isReadable && text !== null && { text }),
    author: { name: authorName },
    sentAt,
    seenBy: seenBy.map(({ id: actorId, name, at }) => ({ id: actorId, name, at })),
    ...(withdrawnAt !== null && { withdrawnAt }),
  };
}
