import { Injectable } from '@nestjs/common';
import { Metrics } from '../../platform/metrics/metrics.js';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';
import { type OptimisticWrites, OptimisticWriter } from './optimistic-writer.js';
import { retries } from './retry-rolled-back.js';

type Count = keyof GroupCommit<unknown, unknown>['counters'];

/** Makes the queues of writes of this node, and counts their work for the operator. */
@Injectable()
export class GroupCommits {
  private readonly groups = new Map<string, Pick<GroupCommit<unknown, unknown>, 'waiting' | 'counters'>>();

  constructor(
    private readonly metrics: Metrics,
    private readonly optimistic: OptimisticWriter,
  ) {
    const read = (count: Count) => () => this.each(({ counters }) => counters[count]);
    metrics.gauge(
      'plenum_writes_waiting',
      'Writes that wait for a transaction.',
      () => this.each(({ waiting }) => waiting),
      ['queue'],
    );
    metrics.counter(
      'plenum_writes_busy_total',
      'Writes refused with busy: the queue was full or too slow.',
      read('busy'),
      ['queue'],
    );
    metrics.counter('plenum_batch_halvings_total', 'Batches split because one write broke them.', read('halvings'), [
      'queue',
    ]);
    metrics.counter(
      'plenum_transactions_repeated_total',
      'Transactions that were rolled back for another one and run again.',
      () => retries.count,
    );
  }

  /** A separate queue, with one transaction in flight. */
  create<W, R>(queue: string, options: GroupCommitOptions<W, R>): GroupCommit<W, R> {
    const { batchSize, commitTime } = this.metrics;
    const labels = { queue };
    const onBatch = (writes: number, seconds: number) => {
      batchSize.observe(labels, writes);
      commitTime.observe(labels, seconds);
    };
    const group = new GroupCommit<W, R>({ onBatch, ...options });
    this.groups.set(queue, group);
    return group;
  }

  /** The same for writes that are decided before the lock. */
  createOptimistic<W, G, R>(queue: string, kind: OptimisticWrites<W, G, R>): GroupCommit<W, R> {
    return this.create<W, R>(queue, { commit: (writes) => this.optimistic.commit(kind, writes) });
  }

  private each(read: (group: Pick<GroupCommit<unknown, unknown>, 'waiting' | 'counters'>) => number) {
    return [...this.groups].map(([queue, group]) => [{ queue }, read(group)] as const);
  }
}
