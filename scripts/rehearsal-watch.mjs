import { mostOf, percentileBetween, scrape, sumOf } from './prometheus.mjs';

const COUNTED = {
  busy: 'plenum_writes_busy_total',
  slowCloses: 'plenum_slow_closes_total',
  skipped: 'plenum_frames_skipped_total',
  cpuSeconds: 'process_cpu_seconds_total',
  bytes: 'plenum_frame_bytes_total',
};

/** Watches the metrics of a hub while it is loaded; `report` is null where they cannot be read. */
export async function watchHub(url, token, every = 1_000) {
  const first = await scrape(url, token);
  const since = performance.now();
  const most = { stretch: 0, tick: 0, waiting: 0 };
  let isAsking = false;
  const timer = setInterval(async () => {
    if (isAsking) return;
    isAsking = true;
    note(most, await scrape(url, token).catch(() => null));
    isAsking = false;
  }, every);
  if (!first) clearInterval(timer);
  return {
    async report() {
      clearInterval(timer);
      const last = first && (await scrape(url, token).catch(() => null));
      if (!last) return null;
      note(most, last);
      return { ...most, ...between(first, last), seconds: (performance.now() - since) / 1_000 };
    },
  };
}

function note(most, samples) {
  if (!samples) return;
  most.stretch = Math.max(most.stretch, mostOf(samples, 'plenum_tick_stretch_ratio'));
  most.tick = Math.max(most.tick, mostOf(samples, 'plenum_tick_seconds') * 1_000);
  most.waiting = Math.max(most.waiting, sumOf(samples, 'plenum_writes_waiting'));
}

/** Durations in ms, or null when nothing was counted. */
function between(first, last) {
  const counts = Object.entries(COUNTED).map(([key, name]) => [
    key,
    Math.max(0, sumOf(last, name) - sumOf(first, name)),
  ]);
  const p99 = (name, having) => {
    const seconds = percentileBetween(first, last, name, 0.99, having);
    return seconds === null ? null : seconds * 1_000;
  };
  return {
    ...Object.fromEntries(counts),
    loop: p99('plenum_event_loop_delay_seconds'),
    commit: p99('plenum_commit_seconds', 'queue="votes"') ?? p99('plenum_commit_seconds'),
    ack: p99('plenum_ack_seconds', 'message="question:vote"'),
  };
}
