import { openSync, closeSync, readSync } from 'node:fs';

/** What a call cost the main thread, in ms of CPU: altogether, and the longest time without a turn of its event loop. */
export interface Cost {
  readonly total: number;
  readonly longest: number;
}

const PROBE_MS = 1;
const NS_PER_MS = 1_000_000;

/**
 * Measures the CPU time of the main thread, not the wall clock: a machine that runs other things meanwhile makes everything late, and
 * nothing dearer. Linux tells it for each thread; elsewhere the wall clock must do.
 */
export function loopCost() {
  const clock = threadClock();
  let [last, longest] = [0, 0];
  let timer: NodeJS.Timeout | undefined;

  function look() {
    const now = clock.now();
    longest = Math.max(longest, now - last);
    last = now;
  }

  async function measure(work: () => Promise<unknown>): Promise<Cost> {
    const start = clock.now();
    [last, longest] = [start, 0];
    timer = setInterval(look, PROBE_MS);
    try {
      await work();
      look();
    } finally {
      clearInterval(timer);
    }
    return { total: last - start, longest };
  }

  return { measure, close: clock.close };
}

function threadClock() {
  if (process.platform !== 'linux') return { now: () => performance.now(), close: () => undefined };
  const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  const buffer = Buffer.alloc(64);
  const now = () => {
    const length = readSync(file, buffer, 0, buffer.length, 0);
    return Number(buffer.toString('latin1', 0, length).split(' ')[0]) / NS_PER_MS;
  };
  return { now, close: () => closeSync(file) };
}
