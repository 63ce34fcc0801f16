import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Poll, type PollAnswer } from '#libs/contract/poll';
import { type RequestResult } from '#libs/contract/socket';
import { type ActorContext } from '../identity/actors/actor.js';
import { AppError } from '../platform/errors/app-error.js';
import { afterCommit } from '../feed/write/after-commit.js';
import { audienceOf } from '../feed/join/feed.policy.js';
import { FeedService } from '../feed/feed.service.js';
import { ballotKey } from '../feed/feed-kind.js';
import { retryRolledBack } from '../feed/write/retry-rolled-back.js';
import { SessionWriter } from '../feed/write/session-writer.js';
import { BallotBatch } from './ballot-batch.js';
import { BallotRepository, type CountedBallots } from './ballot.repository.js';
import { KnownPolls } from './known-polls.js';
import { type PollPlace, type PollRecord } from './poll-record.js';
import { isForVoters, presentPoll } from './poll.presenter.js';

type Answered = RequestResult<'poll:answer'>;
type Polls = ReadonlyMap<string, PollRecord>;
export interface Cast {
  readonly actor: ActorContext;
  readonly place: PollPlace;
  readonly answer: PollAnswer;
}
interface Outcome {
  readonly answers: readonly (Answered | AppError)[];
  /** The polls whose totals changed, as they are now, by session. */
  readonly changed: ReadonlyMap<string, { readonly version: number; readonly polls: PollRecord[] }>;
}

/**
 * Writes a batch of ballots in one transaction: judged on what this node remembers of the polls and reads of the ballots, and written
 * if that still holds inside the lock. Else they are judged anew there.
 */
@Injectable()
export class BallotWriter {
  readonly counters = { rejudged: 0 };

  constructor(
    private readonly writer: SessionWriter,
    private readonly feed: FeedService,
    private readonly known: KnownPolls,
    private readonly ballots: BallotRepository,
  ) {}

  async commit(casts: readonly Cast[]): Promise<readonly (Answered | AppError)[]> {
    const polls = await this.known.recall([...new Set(casts.map(({ answer }) => answer.pollId))]);
    const outcome = (await retryRolledBack(() => this.count(casts, polls))) ?? (await this.countInside(casts, polls));
    for (const [sessionId, { version, polls }] of outcome.changed)
      afterCommit(() => this.feed.publish({ sessionId, from: version - 1, version, polls }));
    afterCommit(() => this.showResults(casts, outcome.answers));
    return outcome.answers;
  }

  /** Judges inside the lock, where nothing moves. */
  private async countInside(casts: readonly Cast[], known: Polls): Promise<Outcome> {
    this.counters.rejudged++;
    const sessionIds = [...new Set(casts.map(({ place }) => place.sessionId))];
    const { result } = await this.writer.writeMany(sessionIds, async (_, manager) => {
      const outcome = await this.count(casts, await this.known.read([...known.keys()], manager), manager);
      // The time of a poll may end between judging and writing; then it is over for good.
      return outcome ?? (await this.count(casts, await this.known.read([...known.keys()], manager), manager));
    });
    if (!result) throw new Error('what ballots are judged on moved inside the lock');
    return result;
  }

  /** Null when the grounds no longer hold; then nothing is written, and no refusal counts either. */
  private async count(casts: readonly Cast[], polls: Polls, manager?: EntityManager): Promise<Outcome | null> {
    const box = await this.openBox(casts, polls, manager);
    const taken = casts.map(({ actor, answer }) => box.put(actor.id, answer));
    const { changes } = box;
    const sessions = new Map(casts.map(({ place, answer }) => [answer.pollId, place.sessionId]));
    const counted = await this.ballots.cast({ polls, sessions, changes }, manager);
    if (!counted) return null;
    const now = new Map([...polls].map(([id, record]) => [id, asCounted(record, counted)]));
    const answers = casts.map((cast, index): Answered | AppError => {
      const outcome = taken[index]!;
      if (outcome instanceof AppError) return outcome;
      const poll = presentToVoter(cast, now.get(cast.answer.pollId)!);
      const version = counted.versions.get(cast.place.sessionId)!;
      return poll ? { version, ...outcome, poll } : new AppError('poll.not_open');
    });
    const changed = new Map<string, { version: number; polls: PollRecord[] }>();
    for (const pollId of new Set(changes.map(({ pollId }) => pollId))) {
      const sessionId = sessions.get(pollId)!;
      const patch = changed.get(sessionId) ?? { version: counted.versions.get(sessionId)!, polls: [] };
      patch.polls.push(now.get(pollId)!);
      changed.set(sessionId, patch);
    }
    return { answers, changed };
  }

  private async openBox(casts: readonly Cast[], polls: Polls, manager?: EntityManager): Promise<BallotBatch> {
    const owners = casts.flatMap(({ actor, answer: { pollId } }) => {
      const round = polls.get(pollId)?.poll.round;
      return round === undefined ? [] : [{ pollId, round, actorId: actor.id }];
    });
    const { now, ballots } = await this.ballots.look(owners, manager);
    return new BallotBatch(polls, ballots, now);
  }

  /** Whoever just answered a poll whose results are for those who did sees them on all their screens; one message a poll. */
  private showResults(casts: readonly Cast[], answers: readonly (Answered | AppError)[]) {
    const voters = new Map<string, { poll: Poll; sessionId: string; actorIds: string[] }>();
    casts.forEach(({ actor, place: { sessionId } }, index) => {
      const answer = answers[index]!;
      if (answer instanceof AppError || answer.duplicate || !isForVoters(answer.poll)) return;
      const known = voters.get(answer.poll.id) ?? { poll: answer.poll, sessionId, actorIds: [] };
      known.actorIds.push(actor.id);
      voters.set(answer.poll.id, known);
    });
    for (const { poll, sessionId, actorIds } of voters.values())
      this.feed.showResultsTo({ actorIds, sessionId, pollId: poll.id, ballotKey: ballotKey(poll.id, poll.round) });
  }
}

/** The poll with its totals as of now; any ballot of the current round answers it. */
function asCounted(record: PollRecord, { tallies }: CountedBallots): PollRecord {
  const { ballots, counts, tallyVersion } = tallies.get(record.id)!;
  return {
    ...record,
    scoreVersion: tallyVersion,
    isAnswered: record.isAnswered || ballots > 0,
    tally: { ballots, counts: record.poll.options.map(({ id }) => [id, counts[id] ?? 0]) },
  };
}

function presentToVoter({ actor, place }: Cast, record: PollRecord): Poll | null {
  return presentPoll(record, {
    audience: audienceOf(actor, place),
    votedIn: [ballotKey(record.id, record.poll.round)],
  });
}
