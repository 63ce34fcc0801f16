import { type PollAnswer } from '#libs/contract/poll';
import { AppError } from '../platform/errors/app-error.js';
import { choicesOf, isSameBallot } from './ballot.policy.js';
import { type PollRecord } from './poll-record.js';
import { isOverdue } from './poll.policy.js';

/** Whose ballot of which round. */
export interface BallotOwner {
  readonly pollId: string;
  readonly round: number;
  readonly actorId: string;
}

/** What a ballot counts for; `before` is null when it is the actor's first of the round. */
export interface BallotChange extends BallotOwner {
  readonly before: readonly string[] | null;
  readonly choices: readonly string[];
}

/**
 * Decides ballots one after the other, as if each stood alone, and knows what all of them together change. Pure: it is given the
 * polls, the ballots and the time as they are inside the lock.
 */
export class BallotBatch {
  private readonly before: ReadonlyMap<string, readonly string[]>;
  private readonly cast = new Map<string, BallotChange>();

  constructor(
    private readonly polls: ReadonlyMap<string, PollRecord>,
    known: readonly (BallotOwner & { readonly choices: readonly string[] })[],
    private readonly now: Date,
  ) {
    this.before = new Map(known.map((ballot) => [keyOf(ballot), ballot.choices]));
  }

  /** Takes a ballot, or answers why not. */
  put(actorId: string, answer: PollAnswer): { readonly duplicate: boolean } | AppError {
    const record = this.polls.get(answer.pollId);
    // A draft that nobody has seen does not exist for whoever guesses its id.
    if (!record?.wasShown) return new AppError('not_found', { message: 'There is no such poll.' });
    try {
      return this.decide(record, actorId, answer);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  /** The ballots that are not as they were. */
  get changes(): BallotChange[] {
    return [...this.cast.values()].filter(({ before, choices }) => !before || !isSameBallot(before, choices));
  }

  private decide({ poll }: PollRecord, actorId: string, answer: PollAnswer) {
    const { id: pollId, round, state } = poll;
    if (answer.round !== undefined && answer.round !== round) throw new AppError('poll.round_over');
    const owner = { pollId, round, actorId };
    const key = keyOf(owner);
    const known = this.cast.get(key)?.choices ?? this.before.get(key);
    if (state !== 'open' && !(known && state === 'closed')) throw new AppError('poll.not_open');
    const choices = choicesOf(poll, answer);
    // Somebody who asks again because the answer got lost hears that the ballot counts, also after the end.
    if (known && isSameBallot(known, choices)) return { duplicate: true };
    if (state !== 'open' || isOverdue(poll, this.now)) throw new AppError('poll.not_open');
    if (known && !poll.changeable) throw new AppError('poll.already_answered');
    this.cast.set(key, { ...owner, before: this.before.get(key) ?? null, choices });
    return { duplicate: false };
  }
}

const keyOf = ({ pollId, round, actorId }: BallotOwner) => `${pollId} ${round} ${actorId}`;
