export type Kind = 'vote' | 'ballot' | 'ask';
export type Outcome = 'pending' | 'acknowledged' | 'refused' | 'unknown';

/** One wish of one person about one thing, as its client remembers it. */
export interface Write {
  /** Who and about what: see `keyOf`. */
  readonly key: string;
  /** What is to be stored: 'yes' or nothing for a vote, the option of a ballot, the id of a question. */
  readonly wish: string | null;
  outcome: Outcome;
  /** The hub said that it had this already. */
  duplicate?: boolean;
  /** The refusal's code. */
  code?: string;
}

/** A vote has a question, a ballot a poll, and a question its text, which nobody uses twice. */
export const keyOf = (kind: Kind, actorId: string, subject: string) => `${kind} ${actorId} ${subject}`;

/** What everybody sent, in the order in which each of them did. */
export class Ledger {
  readonly writes: Write[] = [];

  begin(key: string, wish: string | null): Write {
    const write: Write = { key, wish, outcome: 'pending' };
    this.writes.push(write);
    return write;
  }

  /** A write whose acknowledgement is known already. */
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
