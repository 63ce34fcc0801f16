import { type QuestionState } from '#libs/domain/question-states';
import { type FeedRecord } from '../feed/feed-kind.js';

/** A new text of an approved question: needed until it is approved, and then kept so that a repeated approval is recognised. */
export interface StoredRevision {
  readonly id: string;
  readonly text: string;
  readonly key: string;
  /** ISO 8601. */
  readonly at: string;
  readonly state: 'pending' | 'rejected' | 'approved';
  readonly reason?: string;
}

/** A question with all its fields, also those that the audience may not see; times are ISO 8601, because it is sent over the bus as JSON. */
export interface QuestionRecord extends FeedRecord {
  readonly sessionId: string;
  /** Its number in the session, from 1: in frames it stands for the id. */
  readonly n: number;
  readonly authorId: string;
  readonly authorName: string | null;
  readonly text: string;
  readonly language: string | null;
  readonly anonymous: boolean;
  readonly state: QuestionState;
  readonly pinned: boolean;
  readonly score: number;
  readonly scoreVersion: number;
  readonly reason: string | null;
  readonly mergedInto: string | null;
  readonly stateBeforeMerge: QuestionState | null;
  readonly reply: { readonly text: string; readonly author: string | null; readonly at: string } | null;
  readonly askedAt: string;
  readonly editedAt: string | null;
  readonly liveAt: string | null;
  readonly answeredAt: string | null;
  readonly revision: StoredRevision | null;
  /** The speaker who set its state. */
  readonly advancedBy: { readonly name: string | null } | null;
  /** For moderators only. */
  readonly note: {
    readonly id: string;
    readonly text: string;
    readonly author: string | null;
    readonly at: string;
  } | null;
}

/** What a write may change of a question. */
export interface QuestionChange {
  text?: string;
  textKey?: string;
  state?: QuestionState;
  pinned?: boolean;
  reason?: string | null;
  mergedInto?: string | null;
  stateBeforeMerge?: QuestionState | null;
  replyText?: string;
  replyAuthorId?: string;
  replyAt?: Date;
  editedAt?: Date;
  liveAt?: Date | null;
  answeredAt?: Date | null;
  revision?: StoredRevision | null;
  advancedById?: string | null;
  noteId?: string | null;
  noteText?: string | null;
  noteAuthorId?: string | null;
  noteAt?: Date | null;
}
