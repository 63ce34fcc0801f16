import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { backoff, jitter } from '#libs/retry/backoff';
import { log } from '../logging/log.js';
import { type ToPrimary, type ToWorker } from './worker-messages.js';

/** How long a worker may take until it is ready, in ms: migrations run in the first one. */
const START = 120_000;
/** A worker that has not exited by then is killed, in ms; it limits its own stop to less than that. */
const STOP = 15_000;
/** Delay between two starts of a worker that exits, in ms; doubled up to the maximum, reset after a quiet period. */
const BACKOFF = { first: 250, most: 10_000, calm: 30_000 };

interface Slot {
  readonly number: number;
  worker?: Worker;
  /** A worker that is being started for this slot: never two, or one of them would serve outside of it. */
  starting?: Promise<void>;
  failures: number;
}

export interface WorkerPoolOptions {
  readonly count: number;
  readonly onMessage: (worker: Worker, message: ToPrimary) => void;
  readonly onGone: (worker: Worker) => void;
}

/** Keeps a number of workers running: one that exits is restarted, one that is renewed is replaced by its successor first. */
export class WorkerPool {
  readonly counters = { restarts: 0 };
  private readonly slots: Slot[];
  private isClosing = false;
  private rolling: Promise<void> | undefined;

  constructor(private readonly options: WorkerPoolOptions) {
    this.slots = Array.from({ length: options.count }, (_, index) => ({ number: index + 1, failures: 0 }));
    cluster.setupPrimary({ serialization: 'advanced' });
  }

  /** The workers that accept connections. */
  get serving(): { readonly number: number; readonly worker: Worker }[] {
    return this.slots.flatMap(({ number, worker }) => (worker ? [{ number, worker }] : []));
  }

  /** Opens the port once all are ready. The first starts alone: it migrates, and an error is reported once. */
  async open(): Promise<void> {
    const [first, ...others] = this.slots as [Slot, ...Slot[]];
    const prepared = [await this.prepare(first)];
    prepared.push(...(await Promise.all(others.map((slot) => this.prepare(slot)))));
    await Promise.all(this.slots.map((slot, index) => this.letServe(slot, prepared[index]!)));
  }

  /** Renews the workers one by one; the successor serves before the old one is stopped. Ends at the first that cannot start. */
  roll(): Promise<void> {
    return (this.rolling ??= this.renewAll().finally(() => (this.rolling = undefined)));
  }

  /** Stops all workers, and resolves when they have exited. */
  async close(): Promise<void> {
    this.isClosing = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(workers.map(end));
  }

  private async renewAll() {
    for (const slot of this.slots) {
      await slot.starting?.catch(() => undefined); // it may have read the old code
      if (this.isClosing) return;
      const old = slot.worker;
      await this.start(slot);
      if (old) await end(old);
      log.info({ worker: slot.number }, 'a worker was renewed');
    }
  }

  /** Starts a new worker in the slot, or waits for the one that is being started. */
  private start(slot: Slot): Promise<void> {
    return (slot.starting ??= this.prepare(slot)
      .then((worker) => this.letServe(slot, worker))
      .finally(() => (slot.starting = undefined)));
  }

  /** A worker that is ready. Rejects when it exits before. */
  private async prepare({ number }: Slot): Promise<Worker> {
    const worker = cluster.fork({ PLENUM_WORKER: String(number) });
    worker.on('error', (error) => log.debug({ err: error, worker: number }, 'a message to a worker was lost'));
    worker.on('message', (message: ToPrimary) => this.options.onMessage(worker, message));
    worker.once('exit', () => this.options.onGone(worker));
    await heard(worker, 'prepared');
    return worker;
  }

  private async letServe(slot: Slot, worker: Worker): Promise<void> {
    say(worker, { word: 'listen' });
    await heard(worker, 'listening');
    const since = Date.now();
    slot.worker = worker;
    worker.once('exit', (code, signal) => {
      if (slot.worker !== worker) return;
      slot.worker = undefined;
      if (this.isClosing) return;
      if (Date.now() - since > BACKOFF.calm) slot.failures = 0;
      log.error({ worker: slot.number, code, signal }, 'a worker ended; it is restarted');
      void this.revive(slot);
    });
  }

  private async revive(slot: Slot): Promise<void> {
    while (!this.isClosing && !slot.worker) {
      await pause(jitter(backoff(BACKOFF, slot.failures++), 0.25), undefined, { ref: false });
      if (this.isClosing || slot.worker) return;
      if (!slot.starting) this.counters.restarts++;
      await this.start(slot).catch((error: unknown) =>
        log.error({ err: error, worker: slot.number }, 'a worker could not be started'),
      );
    }
  }
}

/** Sends without waiting; a worker that has just exited does not receive it, and does not need it. */
export function say(worker: Worker, message: ToWorker, done: () => void = () => undefined): void {
  if (!worker.isConnected()) return done();
  worker.send(message, undefined, undefined, () => done());
}

async function end(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const gone = once(worker, 'exit');
  worker.process.kill('SIGTERM');
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), STOP);
  await gone.finally(() => clearTimeout(timer));
}

/** Waits for a message of the worker. Rejects when the worker exits or sends nothing for too long. */
async function heard(worker: Worker, word: ToPrimary['word']): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      worker.process.kill('SIGKILL');
    }, START);
    const onMessage = (message: ToPrimary) => message.word === word && settle(resolve);
    const onExit = () => settle(() => reject(new WorkerEnded(`worker ${worker.id} ended before it was ${word}`)));
    const settle = (how: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('exit', onExit);
      how();
    };
    worker.on('message', onMessage).on('exit', onExit);
    if (worker.isDead()) onExit();
  });
}

/** A worker exited during its start and has printed the reason itself. */
class WorkerEnded extends Error {
  override name = 'WorkerEnded';
}
