export type Kind = 'vote' | 'ballot' | 'ask';
export type Outcome = 'pending' | 'acknowledged' | 'refused' | 'unknown';

/** One write of one person, as its client recorded it. */
export interface Write {
  /** The person and the subject: see `keyOf`. */
  readonly key: string;
  /** The value to be stored: 'yes' or nothing for a vote, the option of a ballot, the id of a question. */
  readonly wish: string | null;
  outcome: Outcome;
  /** The hub returned that it was a duplicate. */
  duplicate?: boolean;
  /** The refusal's code. */
  code?: string;
}

/** A vote has a question, a ballot a poll, and a question its text, which nobody uses twice. */
export const keyOf = (kind: Kind, actorId: string, subject: string) => `${kind} ${actorId} ${subject}`;

/** All writes, in the order in which each person sent them. */
export class Ledger {
  readonly writes: Write[] = [];

  begin(key: string, wish: string | null): Write {
    const write: Write = { key, wish, outcome: 'pending' };
    this.writes.push(write);
    return write;
  }

  /** A write whose outcome is known already. */
  note(key: string, wish: string | null): void {
    this.begin(key, wish).outcome = 'acknowledged';
  }

  count(outcome: Outcome): number {
    return this.writes.filter((write) => write.outcome === outcome).length;
  }

  get pending(): Write[] {
    return this.writes.filter(({ outcome }) => outcome === 'pending');
  }
}
