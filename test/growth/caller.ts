import { Worker } from 'node:worker_threads';

export interface Reply {
  readonly code: string;
  readonly bytes?: number;
}

/** Calls a hub from another thread of this process. */
export function startCaller(url: string) {
  const worker = new Worker(new URL('./caller-thread.mjs', import.meta.url), { workerData: { url } });
  const waiting = new Map<number, (reply: Reply) => void>();
  let n = 0;
  worker.on('message', ({ n: answered, ...reply }: Reply & { n: number }) => {
    waiting.get(answered)?.(reply);
    waiting.delete(answered);
  });
  return {
    call: (call: object) =>
      new Promise<Reply>((resolve) => {
        waiting.set(++n, resolve);
        worker.postMessage({ n, ...call });
      }),
    close: () => worker.terminate(),
  };
}
