import { mostOf, percentileBetween, type Samples, scrape, sumOf } from '../reports/prometheus.js';

/** What the metrics of a hub said while it was loaded; durations in ms, null when nothing was counted. */
export interface HubReport {
  readonly stretch: number;
  readonly tick: number;
  readonly waiting: number;
  readonly busy: number;
  readonly slowCloses: number;
  readonly cpuSeconds: number;
  readonly bytes: number;
  readonly loop: number | null;
  readonly commit: number | null;
  readonly seconds: number;
}

interface Highest {
  stretch: number;
  tick: number;
  waiting: number;
}

/** Watches the metrics of a hub while it is loaded; `report` returns null where they cannot be read. */
export async function watchHub(url: string, token?: string, every = 1_000) {
  const first = await scrape(url, token);
  const since = performance.now();
  const highest: Highest = { stretch: 0, tick: 0, waiting: 0 };
  let isAsking = false;

  async function look() {
    if (isAsking) return;
    isAsking = true;
    note(highest, await scrape(url, token).catch(() => null));
    isAsking = false;
  }

  const timer = setInterval(() => void look(), every);
  if (!first) clearInterval(timer);
  return {
    async report(): Promise<HubReport | null> {
      clearInterval(timer);
      const last = first && (await scrape(url, token).catch(() => null));
      if (!first || !last) return null;
      note(highest, last);
      return { ...highest, ...between(first, last), seconds: (performance.now() - since) / 1_000 };
    },
  };
}

function note(highest: Highest, samples: Samples | null): void {
  if (!samples) return;
  highest.stretch = Math.max(highest.stretch, mostOf(samples, 'plenum_tick_stretch_ratio'));
  highest.tick = Math.max(highest.tick, mostOf(samples, 'plenum_tick_seconds') * 1_000);
  highest.waiting = Math.max(highest.waiting, sumOf(samples, 'plenum_writes_waiting'));
}

function between(first: Samples, last: Samples) {
  const counted = (name: string) => Math.max(0, sumOf(last, name) - sumOf(first, name));
  const p99 = (name: string, having?: string) => {
    const seconds = percentileBetween(first, last, name, 0.99, having);
    return seconds === null ? null : seconds * 1_000;
  };
  return {
    busy: counted('plenum_writes_busy_total'),
    slowCloses: counted('plenum_slow_closes_total'),
    cpuSeconds: counted('process_cpu_seconds_total'),
    bytes: counted('plenum_frame_bytes_total'),
    loop: p99('plenum_event_loop_delay_seconds'),
    commit: p99('plenum_commit_seconds', 'queue="votes"') ?? p99('plenum_commit_seconds'),
  };
}
