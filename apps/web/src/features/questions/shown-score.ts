/** A pending vote: the score before it, and the expected one. */
export interface PendingScore {
  readonly from: number;
  readonly to: number;
}

/** The score to show: the expected one until the feed has another than before, then always the feed's. */
export function shownScore(score: number, pending: PendingScore | null): number {
  return pending && score === pending.from ? Math.max(0, pending.to) : score;
}
