/** A vote on its way: the score before it, and what it will be. */
export interface PendingScore {
  readonly from: number;
  readonly to: number;
}

/** The score to show: the expected one until the feed brings another than before, then always the feed's. */
export function shownScore(score: number, pending: PendingScore | null): number {
  return pending && score === pending.from ? Math.max(0, pending.to) : score;
}
