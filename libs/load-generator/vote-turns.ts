/**
 * One vote per person and question is under way at a time; of those that wait for its outcome only the latest is sent. This is what
 * `libs/client/latest-wins-queue.ts` does, without a promise for each vote.
 */
export class VoteTurns {
  /** By key: the number of the vote that is under way, plus one; 0 where there is none. */
  private readonly current: Uint32Array;
  private readonly waiting = new Map<number, number>();

  constructor(keys: number) {
    this.current = new Uint32Array(keys);
  }

  isUnderWay(key: number, number: number): boolean {
    return this.current[key] === number + 1;
  }

  /** Returns whether the vote is to be sent now. */
  start(key: number, number: number): boolean {
    if (this.current[key] !== 0) return false;
    this.current[key] = number + 1;
    return true;
  }

  /** Lets a vote wait that could not start; returns the number of the vote that it supersedes. */
  wait(key: number, number: number): number | undefined {
    const superseded = this.waiting.get(key);
    this.waiting.set(key, number);
    return superseded;
  }

  /** The outcome of the current vote is known: returns the number of the vote that is to be sent next, now the current one. */
  next(key: number): number | undefined {
    const next = this.waiting.get(key);
    this.waiting.delete(key);
    this.current[key] = next === undefined ? 0 : next + 1;
    return next;
  }
}
