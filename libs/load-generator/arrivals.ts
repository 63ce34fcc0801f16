/** How moments follow each other: at random, as people who do not know of each other do, or evenly. */
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
 * The moments (milliseconds from the start) at which something is due, fixed before anything is sent: open loop. An answer that
 * takes long delays none of them, and latency counts from the moment that was due, so that a slow server cannot hide.
 */
export function* arrivals(perSecond: number, seconds: number, rhythm: Rhythm, random: () => number): Generator<number> {
  if (perSecond <= 0) return;
  const gap = 1_000 / perSecond;
  const next = rhythm === 'steady' ? () => gap : () => -Math.log(1 - random()) * gap;
  for (let at = next(); at < seconds * 1_000; at += next()) yield at;
}
