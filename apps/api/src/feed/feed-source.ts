import { type EntityManager } from 'typeorm';
import { type Mine } from '#libs/contract/feed';
import { type Poll } from '#libs/contract/poll';
import { type Question } from '#libs/contract/question';
import { type ActorContext } from '../auth/actor.js';

/** What the feed carries, by the field of a frame that carries it. */
export interface FeedItems {
  questions: Question;
  polls: Poll;
}
export type FeedKind = keyof FeedItems;

/**
 * Who looks: what one socket may see of one session. Sockets with an equal view share their frames, so a view names no person.
 * `votedIn` are the polls with results after_vote that the viewer has a ballot in.
 */
export interface View {
  readonly audience: 'audience' | 'speaker' | 'moderator';
  readonly votedIn: readonly string[];
}

/** A record of the feed with everything in it, also what the audience may not see. It is JSON: it crosses the bus. */
export interface FeedRecord {
  readonly id: string;
  /** The feed version at which anything but the score last changed. */
  readonly version: number;
  /** The feed version at which the score last changed, for records that have one. */
  readonly scoreVersion?: number;
  readonly score?: number;
}

/** What one feature puts in the feed. The same query serves snapshots (since 0), patches after a commit and repairs of holes. */
export interface FeedSource<K extends FeedKind = FeedKind, R extends FeedRecord = FeedRecord> {
  readonly kind: K;
  /** Every record of the session that changed after `version`, in one query. */
  since(manager: EntityManager, sessionId: string, version: number): Promise<R[]>;
  /** The record as a view sees it; null when it may not be seen at all. Pure: it is the only way out (G7). */
  present(record: R, view: View): FeedItems[K] | null;
  /** What is the actor's own, for the answer to session:join. */
  mine(manager: EntityManager, sessionId: string, actorId: string): Promise<Partial<Mine>>;
  /** The polls whose results this actor sees because they voted. */
  votedIn?(manager: EntityManager, sessionId: string, actorId: string): Promise<string[]>;
}

/** Where features ask for what the feed knows about a person's view of a session. */
export type Viewer = Pick<ActorContext, 'id'>;
