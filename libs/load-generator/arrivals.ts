/** How moments follow each other: as a Poisson process, as independent people do, or evenly. */
export type Rhythm = 'poisson' | 'steady';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The times (milliseconds from the start) at which something is due, fixed before anything is sent: open loop. A slow response delays
 * none of them, and latency is measured from the due time, so that a slow server cannot hide it.
 */
export function* arrivals(perSecond: number, seconds: number, rhythm: Rhythm, random: () => number): Generator<number> {
  if (perSecond <= 0) return;
  const gap = 1_000 / perSecond;
  const next = rhythm === 'steady' ? () => gap : () => -Math.log(1 - random()) * gap;
  for (let at = next(); at < seconds * 1_000; at += next()) yield at;
}
