import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors/app-error.js';

interface WorkerThreadOptions {
  /** How long one request may take; then the thread ends and the request is refused as busy. */
  readonly timeoutMs: number;
  /** How long an idle thread is kept: starting one costs some 200 ms, keeping one some 40 MB. */
  readonly idleMs: number;
  /** The heap of the thread; a request that needs more ends the thread, not the process. */
  readonly heapMb: number;
}

/**
 * Runs CPU-bound work in a separate thread, one request at a time: the caller queues. The thread posts one message for each that it gets.
 * A request that fails ends the thread, and the next one starts another.
 */
export class WorkerThread {
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly entry: URL,
    private readonly options: WorkerThreadOptions,
  ) {}

  async request<T>(message: object, transfer: ArrayBuffer[] = []): Promise<T> {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    try {
      return await this.ask<T>(this.worker, message, transfer);
    } catch (error) {
      await this.end();
      throw isTimeout(error) ? busy(error) : error;
    } finally {
      this.idle = setTimeout(() => void this.end(), this.options.idleMs).unref();
    }
  }

  async end(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.entry, { resourceLimits: { maxOldGenerationSizeMb: this.options.heapMb } });
    worker.on('error', () => undefined); // the pending request is rejected
    worker.once('exit', () => this.worker === worker && (this.worker = undefined));
    return worker;
  }

  private async ask<T>(worker: Worker, message: object, transfer: ArrayBuffer[]): Promise<T> {
    worker.ref();
    worker.postMessage(message, transfer);
    const [answer] = (await once(worker, 'message', { signal: AbortSignal.timeout(this.options.timeoutMs) })) as [T];
    worker.unref(); // the hub stops without waiting for it
    return answer;
  }
}

const isTimeout = (error: unknown) => (error as { code?: unknown } | null)?.code === 'ABORT_ERR';

const busy = (cause: unknown) =>
  new AppError('busy', { message: 'This took too long; the machine is overloaded.', retryAfter: 5, cause });
