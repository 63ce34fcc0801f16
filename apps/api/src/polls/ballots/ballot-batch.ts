import { type PollAnswer } from '#libs/contract/poll';
import { AppError } from '../../platform/errors/app-error.js';
import { choicesOf, isSameBallot } from './ballot.policy.js';
import { type PollRecord } from '../poll-record.js';
import { isOverdue } from '#libs/domain/poll-transitions';

/** The owner and round of a ballot. */
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
 * Decides on ballots one after the other, as if each were alone, and collects the changes of all of them. Pure: it gets the polls, the
 * ballots and the time inside the lock.
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

  /** Accepts a ballot, or returns the refusal. */
  put(actorId: string, answer: PollAnswer): { readonly duplicate: boolean } | AppError {
    const record = this.polls.get(answer.pollId);
    // A draft that nobody has seen does not exist for a client that guesses its id.
    if (!record?.wasShown) return new AppError('not_found', { message: 'There is no such poll.' });
    try {
      return this.decide(record, actorId, answer);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  /** The changed ballots. */
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
    // A retry after a lost ack is acknowledged when the ballot counts, also after the end.
    if (known && isSameBallot(known, choices)) return { duplicate: true };
    if (state !== 'open' || isOverdue(poll, this.now)) throw new AppError('poll.not_open');
    if (known && !poll.changeable) throw new AppError('poll.already_answered');
    this.cast.set(key, { ...owner, before: this.before.get(key) ?? null, choices });
    return { duplicate: false };
  }
}

const keyOf = ({ pollId, round, actorId }: BallotOwner) => `${pollId} ${round} ${actorId}`;
