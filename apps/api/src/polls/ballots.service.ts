import { Injectable } from '@nestjs/common';
import { type PollAnswer } from '#libs/contract/poll';
import { type RequestResult } from '#libs/contract/socket';
import { type ActorContext } from '../identity/actors/actor.js';
import { allow } from '../identity/access/policy.js';
import { GuestPolicyCache } from '../identity/guests/guest-policy-cache.js';
import { AppError } from '../platform/errors/app-error.js';
import { RateLimiter } from '../platform/rate-limit/rate-limiter.js';
import { type GroupCommit } from '../feed/write/group-commit.js';
import { GroupCommits } from '../feed/write/group-commits.js';
import { BallotWriter, type Cast } from './ballot-writer.js';
import { belongsTo, can } from './poll.policy.js';
import { type PollPlace } from './poll-record.js';
import { PollRepository } from './poll.repository.js';

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
    const place = await this.placeFor(actor, answer.pollId);
    allow(can(actor, 'poll.answer', { place, guests: this.guests.of(place.eventId) }));
    return this.casts.write({ actor, place, answer });
  }

  /** A refusal takes one query, also where the scope of another event's poll is cached: otherwise its duration would reveal that it exists. */
  private async placeFor(actor: ActorContext, pollId: string): Promise<PollPlace> {
    const isRemembered = this.polls.isPlaceRemembered(pollId);
    const place = await this.polls.placeOf(pollId);
    if (place && belongsTo(actor, place)) return place;
    if (isRemembered) await this.polls.placeFor(actor, pollId);
    throw new AppError('not_found', { message: 'There is no such poll.' });
  }
}
