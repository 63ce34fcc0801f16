import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type RequestResult } from '#libs/contract/socket';
import { type ActorContext } from '../identity/actors/actor.js';
import { AppError } from '../platform/errors/app-error.js';
import { afterCommit } from '../feed/write/after-commit.js';
import { FeedService } from '../feed/feed.service.js';
import { retryRolledBack } from '../feed/write/retry-rolled-back.js';
import { SessionWriter } from '../feed/write/session-writer.js';
import { refuseVoting } from './question.policy.js';
import { VotePlan } from './vote-plan.js';
import { type CountedVotes, VoteRepository } from './vote.repository.js';
import { type VoteContext, VoteContextCache } from './vote-context-cache.js';

export interface Vote {
  readonly actor: ActorContext;
  readonly questionId: string;
  readonly value: boolean;
}

type Voted = RequestResult<'question:vote'>;
type Grounds = ReadonlyMap<string, VoteContext>;
interface Outcome {
  readonly answers: readonly (Voted | AppError)[];
  readonly counted: CountedVotes | null;
}

/**
 * Writes a batch of votes, of any questions and sessions, in one transaction and one round trip: judged on what this node
 * remembers, and written if that still holds inside the lock. Else they are judged anew there.
 */
@Injectable()
export class VoteWriter {
  readonly counters = { rejudged: 0 };

  constructor(
    private readonly writer: SessionWriter,
    private readonly feed: FeedService,
    private readonly grounds: VoteContextCache,
    private readonly votes: VoteRepository,
  ) {}

  async commit(votes: readonly Vote[]): Promise<readonly (Voted | AppError)[]> {
    const grounds = await this.grounds.recall(unique(votes.map(({ questionId }) => questionId)));
    const outcome =
      (await retryRolledBack(() => this.count(votes, grounds))) ?? (await this.countInside(votes, grounds));
    if (outcome.counted) this.publish(outcome.counted, grounds);
    return outcome.answers;
  }

  /** Judges inside the lock, where nothing moves. */
  private async countInside(votes: readonly Vote[], known: Grounds): Promise<Outcome> {
    this.counters.rejudged++;
    const sessionIds = unique([...known.values()].map(({ session }) => session.id));
    const { result } = await this.writer.writeMany(sessionIds, async (_, manager) => {
      const outcome = await this.count(votes, await this.grounds.read([...known.keys()], manager), manager);
      if (!outcome) throw new Error('what votes are judged on moved inside the lock');
      return outcome;
    });
    return result;
  }

  /** Null when the grounds no longer hold; then nothing is written, and no refusal counts either. */
  private async count(votes: readonly Vote[], grounds: Grounds, manager?: EntityManager): Promise<Outcome | null> {
    if (grounds.size === 0) return { answers: votes.map(() => new AppError('not_found')), counted: null };
    const refusals = votes.map((vote) => judge(vote, grounds.get(vote.questionId)));
    const allowed = votes.filter((_, place) => !refusals[place]);
    const plan = new VotePlan(
      allowed.map(({ actor, questionId, value }) => ({ questionId, actorId: actor.id, value })),
    );
    const counted = await this.votes.cast({ grounds: [...grounds.values()], wishes: plan.wishes }, manager);
    if (!counted) return null;
    const duplicates = plan.duplicates((place) => counted.repeated.has(place));
    let place = 0;
    const answers = votes.map(({ questionId }, at): Voted | AppError => {
      const refusal = refusals[at];
      if (refusal) return refusal;
      const version = counted.versions.get(grounds.get(questionId)!.session.id)!;
      return { score: counted.scores.get(questionId)!, version, duplicate: duplicates[place++]! };
    });
    return { answers, counted };
  }

  /** One patch a session, of the scores alone. */
  private publish({ changed, scores, versions }: CountedVotes, grounds: Grounds) {
    const bySession = new Map<string, [string, number, number][]>();
    for (const questionId of changed) {
      const { id: sessionId } = grounds.get(questionId)!.session;
      const pairs = bySession.get(sessionId) ?? [];
      pairs.push([questionId, scores.get(questionId)!, versions.get(sessionId)!]);
      bySession.set(sessionId, pairs);
    }
    for (const [sessionId, pairs] of bySession) {
      const version = versions.get(sessionId)!;
      afterCommit(() => this.feed.publish({ sessionId, from: version - 1, version, scores: pairs }));
    }
  }
}

/** Why a vote is refused; null when it counts. */
function judge({ actor }: Vote, ground: VoteContext | undefined): AppError | null {
  const refusal = ground ? refuseVoting(actor, ground.session, ground.question) : 'not_found';
  return refusal ? new AppError(refusal) : null;
}

const unique = (ids: readonly string[]) => [...new Set(ids)];
