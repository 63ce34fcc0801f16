import { openSync, closeSync, readSync } from 'node:fs';

/** The cost of a call on the main thread, in ms of CPU: in total, and the longest time without a turn of its event loop. */
export interface Cost {
  readonly total: number;
  readonly longest: number;
}

/** The limits of a call's cost. */
export interface Bounds {
  /** In ms. */
  readonly standstill: number;
  /** For 2n, as a multiple of what it costs for n. */
  readonly growth: number;
  /** In ms: a lower cost for n counts as this much. The clock of a thread moves in steps of up to 4 ms. */
  readonly floor: number;
}

const BOUNDS: Bounds = { standstill: 50, growth: 2.5, floor: 12 };

/** The best of several attempts. */
export const lower = (one: Cost | undefined, other: Cost): Cost =>
  one ? { total: Math.min(one.total, other.total), longest: Math.min(one.longest, other.longest) } : other;

/** The violations of a call for n and for 2n, with the figures; empty when there are none. */
export function faultsOf(half: Cost, full: Cost, { standstill, growth, floor }: Bounds = BOUNDS): string[] {
  const faults: string[] = [];
  const costs = `CPU ${ms(half.total)} at n, ${ms(full.total)} at 2n`;
  const standstills = `the event loop stood still for ${ms(half.longest)} at n, ${ms(full.longest)} at 2n`;
  if (full.longest > standstill) faults.push(`${standstills}; at most ${standstill} ms (${costs})`);
  const times = full.total / Math.max(half.total, floor);
  if (times > growth) faults.push(`${costs}: ${times.toFixed(2)} times as much; at most ${growth} times`);
  return faults;
}

const ms = (time: number) => `${time.toFixed(1)} ms`;

const PROBE_MS = 1;
const NS_PER_MS = 1_000_000;

/**
 * Measures the CPU time of the main thread, not elapsed time: other load on the machine makes everything late, but not more expensive.
 * Linux reports it for each thread; elsewhere elapsed time is used.
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
