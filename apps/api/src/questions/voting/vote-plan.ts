/** One actor's support for one question. */
interface VoteKey {
  readonly questionId: string;
  readonly actorId: string;
}

export interface PlannedVote extends VoteKey {
  readonly value: boolean;
}

/** The net effect of a batch of votes: each question and actor once, the last value counts; in the same order on all nodes. */
export class VotePlan {
  readonly wishes: readonly PlannedVote[];
  private readonly indexes: ReadonlyMap<string, number>;

  constructor(private readonly votes: readonly PlannedVote[]) {
    const last = [...new Map(votes.map((vote) => [keyOf(vote), vote]))].sort(([a], [b]) => (a < b ? -1 : 1));
    this.wishes = last.map(([, vote]) => vote);
    this.indexes = new Map(last.map(([key], index) => [key, index]));
  }

  /**
   * By vote, in the order of arrival: whether it changed nothing. Replays them on the previous votes, which follow from the values that
   * changed nothing.
   */
  duplicates(isRepeated: (index: number) => boolean): boolean[] {
    if (this.wishes.length === this.votes.length)
      return this.votes.map((vote) => isRepeated(this.indexes.get(keyOf(vote))!));
    const held = this.wishes.map(({ value }, index) => isRepeated(index) === value);
    return this.votes.map((vote) => {
      const index = this.indexes.get(keyOf(vote))!;
      const isDuplicate = held[index] === vote.value;
      held[index] = vote.value;
      return isDuplicate;
    });
  }
}

const keyOf = ({ questionId, actorId }: VoteKey) => `${questionId} ${actorId}`;
