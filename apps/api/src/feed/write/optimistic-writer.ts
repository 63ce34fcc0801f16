import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type AppError } from '../../platform/errors/app-error.js';
import { FeedService } from '../feed.service.js';
import { type Patch } from '../feed-kind.js';
import { afterCommit } from './after-commit.js';
import { retryRolledBack } from './retry-rolled-back.js';
import { SessionWriter } from './session-writer.js';

/** The outcome of a batch: one result or refusal for each write, in their order, and its changes in each session. */
export interface Committed<R> {
  readonly results: readonly (R | AppError)[];
  readonly patches: readonly Patch[];
  /** Runs after COMMIT; failures are logged, never returned. */
  readonly afterCommit?: () => void;
}

/** One kind of optimistic write: its statements and its results. `G` is the data on which a batch is decided. */
export interface OptimisticWrites<W, G, R> {
  /** This node's cached data for the decisions; it may be outdated. */
  recall(writes: readonly W[]): Promise<G>;
  /** The same data as the database has it now, in the caller's transaction. */
  reread(grounds: G, manager: EntityManager): Promise<G>;
  /** The sessions that the writes change. */
  sessionsOf(writes: readonly W[], grounds: G): readonly string[];
  /**
   * Decides on the writes and writes them in one statement that compares the data under the lock; without a manager that statement is its
   * own transaction. Null where the data have changed: then nothing is written, and no refusal counts either.
   */
  write(writes: readonly W[], grounds: G, manager?: EntityManager): Promise<Committed<R> | null>;
}

/** A deadline that passes between decision and write stays passed, so that the second attempt under the lock always succeeds. */
const ATTEMPTS_UNDER_LOCK = 2;

/**
 * Optimistic concurrency control for batches of a group commit: decided on this node's cached data, and written if they are still current
 * under the lock. Otherwise they are decided again there, where nothing changes. Patches are published after COMMIT.
 */
@Injectable()
export class OptimisticWriter {
  constructor(
    private readonly sessions: SessionWriter,
    private readonly feed: FeedService,
  ) {}

  async commit<W, G, R>(kind: OptimisticWrites<W, G, R>, writes: readonly W[]): Promise<readonly (R | AppError)[]> {
    const grounds = await kind.recall(writes);
    const committed =
      (await retryRolledBack(() => kind.write(writes, grounds))) ?? (await this.writeUnderLock(kind, writes, grounds));
    for (const patch of committed.patches) afterCommit(() => this.feed.publish(patch));
    if (committed.afterCommit) afterCommit(committed.afterCommit);
    return committed.results;
  }

  private async writeUnderLock<W, G, R>(kind: OptimisticWrites<W, G, R>, writes: readonly W[], known: G) {
    const { result } = await this.sessions.writeMany(kind.sessionsOf(writes, known), async (_, manager) => {
      for (let attempt = 1; attempt <= ATTEMPTS_UNDER_LOCK; attempt++) {
        const committed = await kind.write(writes, await kind.reread(known, manager), manager);
        if (committed) return committed;
      }
      throw new Error('the facts of a batch changed under the lock');
    });
    return result;
  }
}
