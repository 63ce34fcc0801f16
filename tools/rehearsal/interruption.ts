import { say } from './say.js';

export interface Interruption {
  /** Resolves at the first signal. */
  readonly signal: Promise<void>;
  readonly isInterrupted: boolean;
}

/** The first Ctrl-C ends the voting and leads to the report; one more, a moment later, ends everything. */
export function untilInterrupted(): Interruption {
  let stop = (): void => undefined;
  const signal = new Promise<void>((done) => (stop = done));
  const interruption = { signal, isInterrupted: false };
  let at = 0;

  function interrupt() {
    const now = performance.now();
    if (at && now - at > 1_000) process.exit(130); // npm passes on what the terminal has sent already
    if (at) return;
    at = now;
    interruption.isInterrupted = true;
    say('\nStopping; the report comes in a moment …');
    stop();
  }

  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, interrupt);
  return interruption;
}
