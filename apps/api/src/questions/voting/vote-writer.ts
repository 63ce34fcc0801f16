import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type RequestResult } from '#libs/contract/socket';
import { type ActorContext } from '../../identity/actors/actor.js';
import { AppError } from '../../platform/errors/app-error.js';
import { type Patch } from '../../feed/feed-kind.js';
import { type Committed, type OptimisticWrites } from '../../feed/write/optimistic-writer.js';
import { can } from '../question.policy.js';
import { VotePlan } from './vote-plan.js';
import { type CountedVotes, VoteRepository } from './vote.repository.js';
import { type VoteContext, VoteContextCache } from '../vote-context-cache.js';

export interface Vote {
  readonly actor: ActorContext;
  readonly questionId: string;
  readonly value: boolean;
}

type Voted = RequestResult<'question:vote'>;
type Grounds = ReadonlyMap<string, VoteContext>;

/** Writes a batch of votes, of any questions and sessions, in one transaction and one round trip. */
@Injectable()
export class VoteWriter implements OptimisticWrites<Vote, Grounds, Voted> {
  constructor(
    private readonly contexts: VoteContextCache,
    private readonly votes: VoteRepository,
  ) {}

  recall(votes: readonly Vote[]): Promise<Grounds> {
    return this.contexts.recall(unique(votes.map(({ questionId }) => questionId)));
  }

  reread(known: Grounds, manager: EntityManager): Promise<Grounds> {
    return this.contexts.read([...known.keys()], manager);
  }

  sessionsOf(_: readonly Vote[], known: Grounds): readonly string[] {
    return unique([...known.values()].map(({ session }) => session.id));
  }

  async write(votes: readonly Vote[], grounds: Grounds, manager?: EntityManager): Promise<Committed<Voted> | null> {
    if (grounds.size === 0) return { results: votes.map(() => new AppError('not_found')), patches: [] };
    const refusals = votes.map((vote) => judge(vote, grounds.get(vote.questionId)));
    const allowed = votes.filter((_, index) => !refusals[index]);
    const plan = new VotePlan(
      allowed.map(({ actor, questionId, value }) => ({ questionId, actorId: actor.id, value })),
    );
    const counted = await this.votes.cast({ grounds: [...grounds.values()], wishes: plan.wishes }, manager);
    if (!counted) return null;
    const duplicates = plan.duplicates((index) => counted.repeated.has(index));
    let index = 0;
    const results = votes.map(({ questionId }, at): Voted | AppError => {
      const refusal = refusals[at];
      if (refusal) return refusal;
      const version = counted.versions.get(grounds.get(questionId)!.session.id)!;
      return { score: counted.scores.get(questionId)!, version, duplicate: duplicates[index++]! };
    });
    return { results, patches: patchesOf(counted, grounds) };
  }
}

/** One patch a session, of the scores alone. */
function patchesOf({ changed, scores, versions }: CountedVotes, grounds: Grounds): Patch[] {
  const bySession = new Map<string, [string, number, number][]>();
  for (const questionId of changed) {
    const { id: sessionId } = grounds.get(questionId)!.session;
    const pairs = bySession.get(sessionId) ?? [];
    pairs.push([questionId, scores.get(questionId)!, versions.get(sessionId)!]);
    bySession.set(sessionId, pairs);
  }
  return [...bySession].map(([sessionId, pairs]) => {
    const version = versions.get(sessionId)!;
    return { sessionId, from: version - 1, version, scores: pairs };
  });
}

/** Why a vote is refused; null when it counts. */
function judge({ actor }: Vote, ground: VoteContext | undefined): AppError | null {
  const refusal = ground ? can(actor, 'question.vote', ground) : 'not_found';
  return refusal ? new AppError(refusal) : null;
}

const unique = (ids: readonly string[]) => [...new Set(ids)];
