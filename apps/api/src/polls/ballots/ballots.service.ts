import { Injectable } from '@nestjs/common';
import { type PollAnswer } from '#libs/contract/poll';
import { type RequestResult } from '#libs/contract/socket';
import { type ActorContext } from '../../identity/actors/actor.js';
import { allow } from '../../identity/access/policy.js';
import { GuestPolicyCache } from '../../identity/actors/guest-policy-cache.js';
import { AppError } from '../../platform/errors/app-error.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { type GroupCommit } from '../../feed/write/group-commit.js';
import { GroupCommits } from '../../feed/write/group-commits.js';
import { BallotWriter, type Cast } from './ballot-writer.js';
import { belongsTo, can } from '../poll.policy.js';
import { type PollScope } from '../poll-record.js';
import { PollRepository } from '../poll.repository.js';

type Answered = RequestResult<'poll:answer'>;

/** Accepts ballots, many in one transaction: each one counts and is acknowledged, or is refused. */
@Injectable()
export class BallotsService {
  private readonly casts: GroupCommit<Cast, Answered>;

  constructor(
    private readonly limits: RateLimiter,
    private readonly polls: PollRepository,
    private readonly guests: GuestPolicyCache,
    groups: GroupCommits,
    writer: BallotWriter,
  ) {
    this.casts = groups.createOptimistic('ballots', writer);
  }

  /** Resolves after COMMIT. Refuses with busy when more ballots wait than this node can count soon. */
  async answer(actor: ActorContext, answer: PollAnswer, address?: string): Promise<Answered> {
    this.limits.take('vote', { actor, address });
    const scope = await this.scopeFor(actor, answer.pollId);
    allow(can(actor, 'poll.answer', { scope, guests: this.guests.of(scope.eventId) }));
    return this.casts.write({ actor, scope, answer });
  }

  /** A refusal takes one query, also where the scope of another event's poll is cached: otherwise its duration would reveal that it exists. */
  private async scopeFor(actor: ActorContext, pollId: string): Promise<PollScope> {
    const isRemembered = this.polls.isPlaceRemembered(pollId);
    const scope = await this.polls.scopeOf(pollId);
    if (scope && belongsTo(actor, scope)) return scope;
    if (isRemembered) await this.polls.scopeFor(actor, pollId);
    throw new AppError('not_found', { message: 'There is no such poll.' });
  }
}
