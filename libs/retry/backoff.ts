/** Delays that double with each failure in a row, in any unit. */
export interface Backoff {
  readonly first: number;
  readonly most: number;
}

/** The delay after this number of failures in a row before the last one: `first`, doubled for each, at most `most`. */
export function backoff({ first, most }: Backoff, failures: number): number {
  return Math.min(most, first * 2 ** failures);
}

/** A random part of the delay (full jitter): what failed at the same moment is spread over all of it. */
export function fullJitter(delay: number): number {
  return Math.random() * delay;
}

/** The delay, up to `share` of it shorter or longer: for few clients, which should neither wait much less nor much more. */
export function jitter(delay: number, share: number): number {
  return randomBetween(delay * (1 - share), delay * (1 + share));
}

/** A random number of this range. */
export function randomBetween(least: number, most: number): number {
  return least + Math.random() * (most - least);
}
