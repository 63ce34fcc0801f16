import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Semaphore } from '../../platform/concurrency/keyed-semaphore.js';

/** How many wait, about 40 ms each; further ones are refused as busy. */
const WAITING_AT_MOST = 20;
const PATIENCE_MS = 10_000;
/** A thread uses some 40 MB. */
const RESTS_MS = 60_000;

const lane = new Semaphore(1, WAITING_AT_MOST);
let thread: Worker | undefined;
let resting: NodeJS.Timeout | undefined;

/** Calls a function of hash-wasm in a separate thread, one at a time: votes do not wait for passwords. */
export function inThread<T>(work: 'argon2id' | 'argon2Verify', options: object): Promise<T> {
  return lane.run(async () => {
    clearTimeout(resting);
    thread ??= start();
    try {
      return await ask<T>(thread, { work, options });
    } catch (error) {
      end();
      throw error;
    } finally {
      resting = setTimeout(end, RESTS_MS).unref();
    }
  });
}

function start(): Worker {
  const started = new Worker(new URL('./hashing-thread.mjs', import.meta.url));
  started.on('error', () => undefined); // the caller is rejected
  started.once('exit', () => thread === started && (thread = undefined));
  return started;
}

async function ask<T>(worker: Worker, message: object): Promise<T> {
  worker.ref();
  worker.postMessage(message);
  const [answer] = (await once(worker, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) })) as [T];
  worker.unref(); // the hub stops without waiting for it
  return answer;
}

function end() {
  void thread?.terminate();
  thread = undefined;
}
