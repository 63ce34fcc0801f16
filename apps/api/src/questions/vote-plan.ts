import { type VoteKey, type VoteRow } from './vote.repository.js';

export interface PlannedVote extends VoteKey {
  readonly value: boolean;
}

/** What a batch of votes does to the rows, each key at most once and in one order for all nodes. */
export interface VotePlan {
  readonly insert: readonly VoteKey[];
  readonly remove: readonly VoteKey[];
  /** Votes that came with a merge and were now given on purpose. */
  readonly keep: readonly VoteKey[];
  /** By vote, in the order of arrival: whether it changed nothing. */
  readonly duplicates: readonly boolean[];
}

/** Replays votes in the order of their arrival on the rows that exist: the last value counts, and everybody hears the truth. */
export function planVotes(votes: readonly PlannedVote[], rows: readonly VoteRow[]): VotePlan {
  const before = new Map(rows.map((row) => [keyOf(row), row]));
  const after = new Map<string, PlannedVote>();
  const duplicates = votes.map((vote) => {
    const key = keyOf(vote);
    const held = after.get(key)?.value ?? before.has(key);
    after.set(key, vote);
    return held === vote.value;
  });
  const last = [...after]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, vote]) => ({ ...vote, row: before.get(key) }));
  return {
    insert: last.filter(({ value, row }) => value && !row),
    remove: last.filter(({ value, row }) => !value && row),
    keep: last.filter(({ value, row }) => value && row && row.origin !== null),
    duplicates,
  };
}

/** How the score of each question changes when these rows come and go. */
export function netScores(inserted: readonly VoteKey[], removed: readonly VoteKey[]): ReadonlyMap<string, number> {
  const net = new Map<string, number>();
  const add = (by: number) => (key: VoteKey) => void net.set(key.questionId, (net.get(key.questionId) ?? 0) + by);
  inserted.forEach(add(1));
  removed.forEach(add(-1));
  return net;
}

const keyOf = ({ questionId, actorId }: VoteKey) => `${questionId} ${actorId}`;
