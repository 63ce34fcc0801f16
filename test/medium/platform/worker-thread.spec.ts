import { WorkerThread } from '../../../apps/api/src/platform/concurrency/worker-thread.js';

/** A thread controlled by the test. */
const ENTRY = new URL(
  `data:text/javascript,${encodeURIComponent(`
import { parentPort } from 'node:worker_threads';
const acts = {
  echo: ({ value }) => value,
  loop: () => { for (;;); },
  fail: () => { throw new Error('broken'); },
  eat: () => { const eaten = []; for (;;) eaten.push(new Array(100_000).fill(eaten.length)); },
};
parentPort.on('message', (message) => parentPort.postMessage(acts[message.act](message)));
`)}`,
);

let thread: WorkerThread;
beforeEach(() => {
  thread = new WorkerThread(ENTRY, { timeoutMs: 3_000, idleMs: 60_000, heapMb: 32 });
});
afterEach(() => thread.end());

const echo = () => thread.request<string>({ act: 'echo', value: 'here' });

describe('a worker thread', () => {
  it('ends what takes too long and refuses it as busy, while the event loop goes on (IMP-27)', async () => {
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 10);
    await expect(thread.request({ act: 'loop' })).rejects.toMatchObject({ code: 'busy', retryAfter: 5 });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(10);
    expect(await echo()).toBe('here');
  });

  it('reports errors and too little memory, and continues in another one (IMP-27)', async () => {
    await expect(thread.request({ act: 'fail' })).rejects.toThrow('broken');
    expect(await echo()).toBe('here');
    await expect(thread.request({ act: 'eat' })).rejects.toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' });
    expect(await echo()).toBe('here');
  });
});
