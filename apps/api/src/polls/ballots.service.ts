import { Injectable } from '@nestjs/common';
import { type PollAnswer } from '#libs/contract/poll';
import { type RequestResult } from '#libs/contract/socket';
import { type ActorContext } from '../auth/actor.js';
import { GuestsModes } from '../auth/guests-modes.js';
import { AppError } from '../common/app-error.js';
import { Limits } from '../common/limits.js';
import { type GroupCommit } from '../feed/group-commit.js';
import { GroupCommits } from '../feed/group-commits.js';
import { BallotWriter, type Cast } from './ballot-writer.js';
import { belongsTo, refuseAnswering } from './poll.policy.js';
import { PollRepository } from './poll.repository.js';

type Answered = RequestResult<'poll:answer'>;

/** Takes ballots, many in one transaction: each one counts and is acknowledged, or is refused. */
@Injectable()
export class BallotsService {
  private readonly casts: GroupCommit<Cast, Answered>;

  constructor(
    private readonly limits: Limits,
    private readonly polls: PollRepository,
    private readonly guests: GuestsModes,
    groups: GroupCommits,
    writer: BallotWriter,
  ) {
    this.casts = groups.create<Cast, Answered>('ballots', { commit: (casts) => writer.commit(casts) });
  }

  /** Resolves after COMMIT. Refuses with busy when more ballots wait than this node can count soon. */
  async answer(actor: ActorContext, answer: PollAnswer, address?: string): Promise<Answered> {
    this.limits.take('vote', { actor, address });
    const place = await this.polls.placeOf(answer.pollId);
    if (!place || !belongsTo(actor, place)) throw new AppError('not_found', { message: 'There is no such poll.' });
    const refusal = refuseAnswering(actor, place, this.guests.of(place.eventId));
    if (refusal) throw new AppError(refusal);
    return this.casts.write({ actor, place, answer });
  }
}
