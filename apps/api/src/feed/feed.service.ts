import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type ActorNotice, type Mine } from '#libs/contract/feed';
import { type Bus } from '#libs/bus/bus';
import { BUS } from '../platform/cluster/bus.js';
import {
  FEED_KINDS,
  type FeedKind,
  type FeedRecord,
  type FeedSource,
  type Patch,
  type FeedSession,
  type RecordsByKind,
  type SessionSource,
  type Sources,
} from './feed-kind.js';

/** Topics of the bus. */
export const topics = {
  /**
   * Patches of one session. The number is raised with what a record contains: nodes of two releases do not read each other's patches,
   * and find each other's changes in PostgreSQL within a second.
   */
  patches: (sessionId: string) => `session:2:${sessionId}`,
  /** A notice for one actor, on every node. */
  notices: 'notices',
  /** An actor voted in a poll whose results are for those who voted. */
  ballots: 'ballots',
} as const;

export interface NoticeMessage {
  readonly actorId: string;
  readonly notice: ActorNotice;
}

export interface BallotMessage {
  readonly actorIds: readonly string[];
  readonly sessionId: string;
  readonly pollId: string;
  readonly ballotKey: string;
}

/** One actor's own items in a session. */
export interface OwnRecords {
  readonly me: Mine;
  readonly votedIn: readonly string[];
}

/** The feed's interface for features: they register what they put in it, and pass what they committed. */
@Injectable()
export class FeedService {
  private readonly registered: Partial<Record<FeedKind, FeedSource>> = {};
  private sessionSource: SessionSource | undefined;

  constructor(@Inject(BUS) private readonly bus: Bus) {}

  register<K extends FeedKind, R extends FeedRecord>(source: FeedSource<K, R>): void {
    // The registry is keyed by kind, and each source only ever sees the records that it loaded itself.
    this.registered[source.kind] = source;
  }

  registerSessions(source: SessionSource): void {
    this.sessionSource = source;
  }

  get sources(): Sources {
    const missing = FEED_KINDS.find((kind) => !this.registered[kind]);
    if (missing) throw new Error(`no feature has registered its feed source of ${missing}`);
    return this.registered as Sources;
  }

  /** Everything of a session that changed after a version, in the caller's transaction. Null when there is no such session. */
  async load(
    manager: EntityManager,
    sessionId: string,
    from: number,
  ): Promise<(Patch & { session: FeedSession }) | null> {
    const [session] = (await this.sessionSource?.load(manager, [sessionId])) ?? [];
    if (!session) return null;
    const records = await this.collect(manager, sessionId, from);
    return { sessionId, from, version: session.version, session, ...records };
  }

  /** Runs an update of sessions that returns their rows, and reads these, in one round trip. */
  async updateSessions(manager: EntityManager, update: string, parameters: unknown[]): Promise<readonly FeedSession[]> {
    return (await this.sessionSource?.update(manager, update, parameters)) ?? [];
  }

  /** The records of a session that changed after a version, in the caller's transaction. */
  async collect(manager: EntityManager, sessionId: string, from: number): Promise<RecordsByKind> {
    const changed: Partial<Record<FeedKind, readonly FeedRecord[]>> = {};
    for (const kind of FEED_KINDS) {
      const records = await this.sources[kind].since(manager, sessionId, from);
      if (records.length > 0) changed[kind] = records;
    }
    return changed;
  }

  /** Lets every feature update its records to sessions whose own rows were changed, inside that write; returns the sessions with changed records. */
  async followSessions(manager: EntityManager, sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    const followed = new Set<string>();
    if (sessionIds.length === 0) return followed;
    for (const source of Object.values(this.sources))
      for (const id of (await source.followSessions?.(manager, sessionIds)) ?? []) followed.add(id);
    return followed;
  }

  /** Each actor's own items in a session, and which results they see because they voted; in the order of the actors. */
  async own(manager: EntityManager, sessionId: string, actorIds: readonly string[]): Promise<OwnRecords[]> {
    const mine: ReadonlyMap<string, Partial<Mine>>[] = [];
    const voted = new Map<string, readonly string[]>();
    for (const source of Object.values(this.sources)) {
      if (source.mine) mine.push(await source.mine(manager, sessionId, actorIds));
      for (const [actorId, keys] of (await source.votedIn?.(manager, sessionId, actorIds)) ?? [])
        voted.set(actorId, keys);
    }
    return actorIds.map((id) => ({
      me: Object.assign({ votes: [], ballots: {}, own: [], questions: [] }, ...mine.map((of) => of.get(id))) as Mine,
      votedIn: voted.get(id) ?? [],
    }));
  }

  /** Publishes a commit to every node. Call after COMMIT only. */
  publish(patch: Patch): void {
    this.bus.publish(topics.patches(patch.sessionId), patch);
  }

  /** Sends one actor a notice, on every node; lost when they are not connected: the next join shows it too. */
  notify(actorId: string, notice: ActorNotice): void {
    this.bus.publish(topics.notices, { actorId, notice } satisfies NoticeMessage);
  }

  /** From now on these actors see the results of this poll's round. Call after COMMIT only, for polls with results after_vote. */
  showResultsTo(message: BallotMessage): void {
    this.bus.publish(topics.ballots, message);
  }
}
