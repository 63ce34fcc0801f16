import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '../../platform/errors/app-error.js';
import { Semaphore, KeyedSemaphore } from '../../platform/concurrency/keyed-semaphore.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { WorkerThread } from '../../platform/concurrency/worker-thread.js';
import { type PlannedImport, type PlanRequest } from './import-job.js';
import { type ThreadAnswer, type ThreadRequest } from './import-thread-entry.js';

/** One import at a time on a node. The queues of different events are separate. */
const ALL = { atOnce: 1, waiting: 20 };
const OF_EVENT = { atOnce: 1, waiting: 2 };
/** Five megabytes take about a second on an idle core. Less than what PostgreSQL lets a transaction wait (15 s). */
const OPTIONS = { timeoutMs: 10_000, idleMs: 60_000, heapMb: 512 };

/** Plans the file of the current import. */
export type Planner = (request: PlanRequest) => Promise<PlannedImport>;

/** Reads and plans imports in a thread, so that a large or hostile file delays nobody. */
@Injectable()
export class ImportThread implements OnApplicationShutdown, KeepsEntries {
  private readonly thread = new WorkerThread(new URL('./import-thread-entry.js', import.meta.url), OPTIONS);
  private readonly events = new KeyedSemaphore(OF_EVENT.atOnce, OF_EVENT.waiting);
  private readonly turns = new Semaphore(ALL.atOnce, ALL.waiting);

  countEntries() {
    return { 'imports.events': this.events.size };
  }

  /** Reads a file and passes its planner to `work`, when it is this import's turn. The bytes are moved, not copied. */
  async run<T>(eventId: string, file: Uint8Array<ArrayBuffer>, work: (plan: Planner) => Promise<T>): Promise<T> {
    return this.events.run(eventId, () =>
      this.turns.run(async () => {
        await this.ask({ file }, [file.buffer]);
        return work((plan) => this.ask<PlannedImport>({ plan }));
      }),
    );
  }

  async onApplicationShutdown() {
    await this.thread.end();
  }

  private async ask<T>(request: ThreadRequest, transfer: ArrayBuffer[] = []): Promise<T> {
    const answer = await this.thread.request<ThreadAnswer<T>>(request, transfer).catch(refuseMemory);
    if ('value' in answer) return answer.value;
    const { code, ...details } = answer.refusal;
    throw new AppError(code, details);
  }
}

function refuseMemory(error: unknown): never {
  if ((error as { code?: unknown }).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
  throw new AppError('schedule.unusable', {
    message: 'The file needs more memory than an import may use.',
    cause: error,
  });
}
