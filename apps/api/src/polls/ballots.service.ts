import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Poll, type PollAnswer } from '#libs/contract/poll';
import { type RequestResult } from '#libs/contract/socket';
import { type ActorContext, isMuted } from '../auth/actor.js';
import { AppError } from '../common/app-error.js';
import { Limits } from '../common/limits.js';
import { audienceOf } from '../feed/feed.policy.js';
import { FeedService } from '../feed/feed.service.js';
import { ballotKey } from '../feed/feed-source.js';
import { type GroupCommit } from '../feed/group-commit.js';
import { GroupCommits } from '../feed/group-commits.js';
import { SessionWriter, type SessionWrite } from '../feed/session-writer.js';
import { BallotBox } from './ballot-box.js';
import { BallotRepository } from './ballot.repository.js';
import { type PollPlace, type PollRecord } from './poll-record.js';
import { belongsTo } from './poll.policy.js';
import { isForVoters, presentPoll } from './poll.presenter.js';
import { PollRepository } from './poll.repository.js';

type Answered = RequestResult<'poll:answer'>;
type Outcome = Omit<Answered, 'version'> | AppError;
interface Cast {
  readonly actor: ActorContext;
  readonly place: PollPlace;
  readonly answer: PollAnswer;
}

/** Takes ballots, many in one transaction. The session's lock decides: each one counts and is acknowledged, or is refused. */
@Injectable()
export class BallotsService implements OnModuleDestroy {
  private readonly casts: GroupCommit<Cast, Answered>;

  constructor(
    private readonly writer: SessionWriter,
    private readonly feed: FeedService,
    private readonly limits: Limits,
    private readonly polls: PollRepository,
    private readonly ballots: BallotRepository,
    groups: GroupCommits,
  ) {
    this.casts = groups.create('ballots', { commit: (casts) => this.commit(casts) });
  }

  async answer(actor: ActorContext, answer: PollAnswer, address?: string): Promise<Answered> {
    await this.limits.take('vote', { actor, address });
    const place = await this.polls.placeOf(answer.pollId);
    if (!place || !belongsTo(actor, place)) throw new AppError('not_found', { message: 'There is no such poll.' });
    if (isMuted(actor, place.eventId)) throw new AppError('actor.muted');
    return this.casts.write({ actor, place, answer });
  }

  /** A node that stops answers everybody it has heard. */
  async onModuleDestroy() {
    await this.casts.close();
  }

  private async commit(casts: readonly Cast[]): Promise<readonly (Answered | AppError)[]> {
    const outcomes = new Map<Cast, Outcome>();
    const sessionIds = [...new Set(casts.map(({ place }) => place.sessionId))];
    const { versions } = await this.writer.writeMany(sessionIds, async (writes) => {
      for (const write of writes) {
        const own = casts.filter(({ place }) => place.sessionId === write.session.id);
        const counted = await this.count(write, own);
        own.forEach((cast, index) => outcomes.set(cast, counted[index]!));
      }
    });
    return casts.map((cast) => {
      const outcome = outcomes.get(cast) ?? new AppError('not_found', { message: 'There is no such poll.' });
      return outcome instanceof AppError ? outcome : { ...outcome, version: versions.get(cast.place.sessionId)! };
    });
  }

  /** Counts the ballots of one session; its row is locked, so what is read here is exact. */
  private async count(write: SessionWrite, casts: readonly Cast[]): Promise<Outcome[]> {
    const pollIds = [...new Set(casts.map(({ answer }) => answer.pollId))];
    const box = await this.openBox(write.manager, casts, await this.polls.findMany(write.manager, pollIds));
    const taken = casts.map(({ actor, answer }) => box.put(actor.id, answer));
    const { changes } = box;
    if (changes.length > 0) {
      await this.ballots.save(write.manager, changes, write.version);
      write.changed();
    }
    const polls = await this.polls.findMany(write.manager, pollIds);
    const outcomes = casts.map((cast, index): Outcome => {
      const outcome = taken[index]!;
      if (outcome instanceof AppError) return outcome;
      const poll = presentToVoter(cast, polls.get(cast.answer.pollId)!);
      return poll ? { ...outcome, poll } : new AppError('poll.not_open');
    });
    write.afterCommit(() => this.showResults(write.session.id, casts, outcomes));
    return outcomes;
  }

  private async openBox(manager: EntityManager, casts: readonly Cast[], polls: ReadonlyMap<string, PollRecord>) {
    const owners = casts.flatMap(({ actor, answer: { pollId } }) => {
      const round = polls.get(pollId)?.poll.round;
      return round === undefined ? [] : [{ pollId, round, actorId: actor.id }];
    });
    return new BallotBox(polls, await this.ballots.find(manager, owners), await this.polls.now(manager));
  }

  /** Whoever just answered a poll whose results are for those who did sees them on all their screens; one message a poll. */
  private showResults(sessionId: string, casts: readonly Cast[], outcomes: readonly Outcome[]) {
    const voters = new Map<string, { poll: Poll; actorIds: string[] }>();
    casts.forEach(({ actor }, index) => {
      const outcome = outcomes[index]!;
      if (outcome instanceof AppError || outcome.duplicate || !isForVoters(outcome.poll)) return;
      const known = voters.get(outcome.poll.id) ?? { poll: outcome.poll, actorIds: [] };
      known.actorIds.push(actor.id);
      voters.set(outcome.poll.id, known);
    });
    for (const { poll, actorIds } of voters.values())
      this.feed.showResultsTo({ actorIds, sessionId, pollId: poll.id, ballotKey: ballotKey(poll.id, poll.round) });
  }
}

function presentToVoter({ actor, place }: Cast, record: PollRecord): Poll | null {
  return presentPoll(record, {
    audience: audienceOf(actor, place),
    votedIn: [ballotKey(record.id, record.poll.round)],
  });
}
