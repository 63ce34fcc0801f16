import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Poll, type PollAnswer } from '#libs/contract/poll';
import { type RequestResult } from '#libs/contract/socket';
import { type ActorContext } from '../../identity/actors/actor.js';
import { AppError } from '../../platform/errors/app-error.js';
import { audienceOf } from '../../feed/feed.policy.js';
import { FeedService } from '../../feed/feed.service.js';
import { ballotKey, type Patch } from '../../feed/feed-kind.js';
import { type Committed, type OptimisticWrites } from '../../feed/write/optimistic-writer.js';
import { BallotBatch } from './ballot-batch.js';
import { BallotRepository, type CountedBallots } from './ballot.repository.js';
import { KnownPolls } from './known-polls.js';
import { type PollScope, type PollRecord } from '../poll-record.js';
import { isResultForVoters } from '#libs/domain/poll-result';
import { presentPoll } from '../poll.presenter.js';

type Answered = RequestResult<'poll:answer'>;
type Polls = ReadonlyMap<string, PollRecord>;
export interface Cast {
  readonly actor: ActorContext;
  readonly scope: PollScope;
  readonly answer: PollAnswer;
}

/** Writes a batch of ballots in one transaction: one query of the existing ballots, and one statement. */
@Injectable()
export class BallotWriter implements OptimisticWrites<Cast, Polls, Answered> {
  constructor(
    private readonly feed: FeedService,
    private readonly known: KnownPolls,
    private readonly ballots: BallotRepository,
  ) {}

  recall(casts: readonly Cast[]): Promise<Polls> {
    return this.known.recall([...new Set(casts.map(({ answer }) => answer.pollId))]);
  }

  reread(known: Polls, manager: EntityManager): Promise<Polls> {
    return this.known.read([...known.keys()], manager);
  }

  sessionsOf(casts: readonly Cast[]): readonly string[] {
    return [...new Set(casts.map(({ scope }) => scope.sessionId))];
  }

  async write(casts: readonly Cast[], polls: Polls, manager?: EntityManager): Promise<Committed<Answered> | null> {
    const batch = await this.openBatch(casts, polls, manager);
    const taken = casts.map(({ actor, answer }) => batch.put(actor.id, answer));
    const { changes } = batch;
    const sessions = new Map(casts.map(({ scope, answer }) => [answer.pollId, scope.sessionId]));
    const counted = await this.ballots.cast({ polls, sessions, changes }, manager);
    if (!counted) return null;
    const now = new Map([...polls].map(([id, record]) => [id, asCounted(record, counted)]));
    const results = casts.map((cast, index): Answered | AppError => {
      const outcome = taken[index]!;
      if (outcome instanceof AppError) return outcome;
      const poll = presentToVoter(cast, now.get(cast.answer.pollId)!);
      const version = counted.versions.get(cast.scope.sessionId)!;
      return poll ? { version, ...outcome, poll } : new AppError('poll.not_open');
    });
    const changed = [...new Set(changes.map(({ pollId }) => pollId))].map((pollId) => now.get(pollId)!);
    const patches = patchesOf(changed, sessions, counted.versions);
    return { results, patches, afterCommit: () => this.showResults(casts, results) };
  }

  private async openBatch(casts: readonly Cast[], polls: Polls, manager?: EntityManager): Promise<BallotBatch> {
    const owners = casts.flatMap(({ actor, answer: { pollId } }) => {
      const round = polls.get(pollId)?.poll.round;
      return round === undefined ? [] : [{ pollId, round, actorId: actor.id }];
    });
    const { now, ballots } = await this.ballots.look(owners, manager);
    return new BallotBatch(polls, ballots, now);
  }

  /** Voters of a poll whose results are for those who voted see them on all their screens; one message a poll. */
  private showResults(casts: readonly Cast[], answers: readonly (Answered | AppError)[]) {
    const voters = new Map<string, { poll: Poll; sessionId: string; actorIds: string[] }>();
    casts.forEach(({ actor, scope: { sessionId } }, index) => {
      const answer = answers[index]!;
      if (answer instanceof AppError || answer.duplicate || !isResultForVoters(answer.poll)) return;
      const known = voters.get(answer.poll.id) ?? { poll: answer.poll, sessionId, actorIds: [] };
      known.actorIds.push(actor.id);
      voters.set(answer.poll.id, known);
    });
    for (const { poll, sessionId, actorIds } of voters.values())
      this.feed.showResultsTo({ actorIds, sessionId, pollId: poll.id, ballotKey: ballotKey(poll.id, poll.round) });
  }
}

/** One patch a session, of the polls whose totals changed. */
function patchesOf(
  changed: readonly PollRecord[],
  sessions: ReadonlyMap<string, string>,
  versions: ReadonlyMap<string, number>,
): Patch[] {
  const bySession = new Map<string, PollRecord[]>();
  for (const record of changed) {
    const sessionId = sessions.get(record.id)!;
    bySession.set(sessionId, [...(bySession.get(sessionId) ?? []), record]);
  }
  return [...bySession].map(([sessionId, polls]) => {
    const version = versions.get(sessionId)!;
    return { sessionId, from: version - 1, version, polls };
  });
}

/** The poll with its current totals; any ballot of the current round counts as an answer. */
function asCounted(record: PollRecord, { tallies }: CountedBallots): PollRecord {
  const { ballots, counts, tallyVersion } = tallies.get(record.id)!;
  return {
    ...record,
    scoreVersion: tallyVersion,
    isAnswered: record.isAnswered || ballots > 0,
    tally: { ballots, counts: record.poll.options.map(({ id }) => [id, counts[id] ?? 0]) },
  };
}

function presentToVoter({ actor, scope }: Cast, record: PollRecord): Poll | null {
  return presentPoll(record, {
    audience: audienceOf(actor, scope),
    votedIn: [ballotKey(record.id, record.poll.round)],
  });
}
