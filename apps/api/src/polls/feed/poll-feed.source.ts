import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Mine } from '#libs/contract/feed';
import { type Poll } from '#libs/contract/poll';
import { FeedService } from '../../feed/feed.service.js';
import { ballotKey, type FeedSource, type Scored, type View } from '../../feed/feed-kind.js';
import { BallotRepository } from '../ballots/ballot.repository.js';
import { type PollRecord } from '../poll-record.js';
import { isResultForVoters } from '#libs/domain/poll-result';
import { presentPoll } from '../poll.presenter.js';
import { PollRepository } from '../poll.repository.js';

/** The polls in the session feed. */
@Injectable()
export class PollFeedSource implements FeedSource<'polls', PollRecord>, OnModuleInit {
  readonly kind = 'polls';

  constructor(
    private readonly feed: FeedService,
    private readonly polls: PollRepository,
    private readonly ballots: BallotRepository,
  ) {}

  onModuleInit() {
    this.feed.register(this);
  }

  since(manager: EntityManager, sessionId: string, version: number): Promise<PollRecord[]> {
    return this.polls.findChanged(manager, sessionId, version);
  }

  present(record: PollRecord, view: View): Poll | null {
    return presentPoll(record, view);
  }

  /** Totals that a view may not see are no news to it, not even that they changed. */
  presentScored(records: readonly PollRecord[], view: View): Scored<'polls'> {
    return { items: records.flatMap((record) => presentPoll(record, view) ?? []).filter(({ tally }) => tally) };
  }

  async mine(manager: EntityManager, sessionId: string, actorIds: readonly string[]) {
    const mine = new Map<string, Pick<Mine, 'ballots'>>();
    for (const { actorId, pollId, ballot } of await this.ballots.findOwn(manager, sessionId, actorIds))
      mine.set(actorId, { ballots: { ...mine.get(actorId)?.ballots, [pollId]: ballot } });
    return mine;
  }

  async votedIn(manager: EntityManager, sessionId: string, actorIds: readonly string[]) {
    const keys = new Map<string, string[]>();
    for (const { actorId, key } of await this.ballots.findKeys(manager, sessionId, actorIds))
      keys.set(actorId, [...(keys.get(actorId) ?? []), key]);
    return keys;
  }

  followSessions(manager: EntityManager, sessionIds: readonly string[]): Promise<readonly string[]> {
    return this.polls.closeWhereOver(manager, sessionIds);
  }

  relevantBallots(records: Iterable<PollRecord>): ReadonlySet<string> {
    return new Set(
      [...records].filter(({ poll }) => isResultForVoters(poll)).map(({ poll }) => ballotKey(poll.id, poll.round)),
    );
  }
}
