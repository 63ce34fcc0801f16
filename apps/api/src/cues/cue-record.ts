import { type CuePreset } from '#libs/domain/cues';
import { type FeedRecord } from '../feed/feed-kind.js';

/** A message to the speakers with all its fields; times are ISO 8601, because it is sent over the bus as JSON. */
export interface CueRecord extends FeedRecord {
  readonly sessionId: string;
  readonly authorId: string;
  readonly authorName: string | null;
  readonly preset: CuePreset | null;
  readonly text: string | null;
  readonly sentAt: string;
  readonly withdrawnAt: string | null;
  readonly seenBy: readonly { readonly id: string; readonly name: string | null; readonly at: string }[];
}
