import { type EntityManager } from 'typeorm';
import { type Frame, type Mine } from '#libs/contract/feed';
import { type FeedProtocol } from '#libs/domain/feed-protocols';
import { type AccessMode } from '#libs/domain/event-modes';
import { type Session } from '#libs/contract/programme';

/**
 * The kinds of records that the feed carries, each named like the field of a snapshot and of a frame. A new kind is one word here and a
 * source (`FeedSource`) that its feature registers: see "A new kind of record in the feed" in docs/ARCHITECTURE.md.
 */
export const FEED_KINDS = ['questions', 'polls', 'cues'] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/** What a frame carries of each kind. */
export type FeedItems = { readonly [K in FeedKind]: NonNullable<Frame[K]>[number] };

/** What one socket may see of one session. Sockets with an equal view share their frames, so a view contains no person. */
export interface View {
  readonly audience: 'audience' | 'speaker' | 'moderator';
  /** Keys (see `ballotKey`) of the polls with results after_vote that the viewer has a ballot in. */
  readonly votedIn: readonly string[];
  /** How its frames are written. */
  readonly protocol: FeedProtocol;
}

/** A ballot counts for one round of a poll: a reset hides the results again. */
export const ballotKey = (pollId: string, round: number) => `${pollId}#${round}`;

/** A record of the feed with all its fields, also those that the audience may not see. It is JSON: it is sent over the bus. */
export interface FeedRecord {
  readonly id: string;
  /** The feed version at which anything but the score last changed. */
  readonly version: number;
  /** The feed version at which the score of a question or the totals of a poll last changed. */
  readonly scoreVersion?: number;
  readonly score?: number;
  /** The feed version at which the part that the audience sees last changed, where only moderators saw a later change. */
  readonly openVersion?: number | null;
  /**
   * Whether the audience may have seen it at some time, so that it has to be told when it is removed; a record that it never saw is not
   * mentioned.
   */
  readonly wasShown: boolean;
}

/** The session itself: nothing in it is hidden from people who may see the session at all. */
export interface FeedSession {
  readonly session: Session;
  readonly eventId: string;
  readonly access: AccessMode;
  /** The feed version at which the session itself last changed. */
  readonly sessionVersion: number;
  /** The feed's version. */
  readonly version: number;
}

/** The ordinal of a question, or its id in protocol 1, and its score. */
export type ScorePair = readonly [question: number | string, score: number];

/** Whole items, or scores alone. */
export interface Scored<K extends FeedKind> {
  readonly items?: readonly FeedItems[K][];
  readonly scores?: readonly ScorePair[];
}

/** What one feature puts in the feed. The same query serves snapshots (since 0), patches after a commit and repairs of gaps. */
export interface FeedSource<K extends FeedKind = FeedKind, R extends FeedRecord = FeedRecord> {
  readonly kind: K;
  /** Every record of the session that changed after `version`, in one query; also those that are no longer visible to anybody. */
  since(manager: EntityManager, sessionId: string, version: number): Promise<R[]>;
  /** The record in a view; null when it may not be seen at all. Pure, and the only conversion for clients (G7). */
  present(record: R, view: View): FeedItems[K] | null;
  /** What a frame contains of records of which only the score or the totals changed; a kind without scores has no such records. */
  presentScored?(records: readonly R[], view: View): Scored<K>;
  /** Each actor's own items, for the ack of session:join; actors without any may be omitted. */
  mine?(
    manager: EntityManager,
    sessionId: string,
    actorIds: readonly string[],
  ): Promise<ReadonlyMap<string, Partial<Mine>>>;
  /** Ballot keys of each actor in the session, for polls whose results are for those who voted. */
  votedIn?(
    manager: EntityManager,
    sessionId: string,
    actorIds: readonly string[],
  ): Promise<ReadonlyMap<string, string[]>>;
  /** The ballot keys that still affect what a view shows, so that other differences between views need no separate frame. */
  relevantBallots?(records: Iterable<R>): ReadonlySet<string>;
  /**
   * Changes and stamps, inside a write to these sessions, records that are inconsistent with the sessions' new state: an open poll when
   * its session has ended. They are locked; their versions are raised by one afterwards. Returns the ids of the sessions in which
   * something changed.
   */
  followSessions?(manager: EntityManager, sessionIds: readonly string[]): Promise<readonly string[]>;
}

/** Reads sessions for the feed; the programme registers it. Unknown ids are left out. */
export interface SessionSource {
  load(manager: EntityManager, sessionIds: readonly string[]): Promise<FeedSession[]>;
  /** Runs an update that returns rows of sessions (`UPDATE session … RETURNING session.*`), and reads these rows, in one round trip. */
  update(manager: EntityManager, update: string, parameters: unknown[]): Promise<FeedSession[]>;
}

/** Records by their kind. */
export type RecordsByKind = { readonly [K in FeedKind]?: readonly FeedRecord[] };

/** The sources of all kinds. */
export type Sources = { readonly [K in FeedKind]: FeedSource<K> };

/** What changed in one session between two versions: absolute values, never deltas. It is sent over the bus. */
export interface Patch extends RecordsByKind {
  readonly sessionId: string;
  readonly from: number;
  readonly version: number;
  readonly session?: FeedSession;
  /** [questionId, score, scoreVersion] of questions whose score alone changed: what a batch of votes publishes. */
  readonly scores?: readonly (readonly [string, number, number])[];
}

/** A record that has something for each kind. */
export function byKind<T>(make: (kind: FeedKind) => T): Record<FeedKind, T> {
  return Object.fromEntries(FEED_KINDS.map((kind) => [kind, make(kind)])) as Record<FeedKind, T>;
}
