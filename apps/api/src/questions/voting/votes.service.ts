import { Injectable } from '@nestjs/common';
import { type RequestPayload, type RequestResult } from '#libs/contract/socket';
import { type ActorContext } from '../../identity/actors/actor.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { type GroupCommit } from '../../feed/write/group-commit.js';
import { GroupCommits } from '../../feed/write/group-commits.js';
import { type Vote, VoteWriter } from './vote-writer.js';

type Voted = RequestResult<'question:vote'>;

/** Sets votes on questions; never toggles, so that repeating one changes nothing. */
@Injectable()
export class VotesService {
  private readonly group: GroupCommit<Vote, Voted>;

  constructor(
    private readonly limits: RateLimiter,
    groups: GroupCommits,
    writer: VoteWriter,
  ) {
    this.group = groups.createOptimistic('votes', writer);
  }

  /** Resolves after COMMIT. Refuses with busy when more votes wait than this node can count soon. */
  async vote(
    actor: ActorContext,
    { questionId, value }: RequestPayload<'question:vote'>,
    address?: string,
  ): Promise<Voted> {
    this.limits.take('vote', { actor, address });
    return this.group.write({ actor, questionId, value });
  }
}
