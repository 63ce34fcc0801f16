import { RequestError } from './request-error.js';

export interface RequestOptions {
  /** Gives up: the request rejects with `aborted`, its outcome is unknown. */
  readonly signal?: AbortSignal;
  /** Milliseconds for all attempts together, by default 60,000; Infinity never gives up. */
  readonly within?: number;
}

/** A deadline: a bound in milliseconds (Infinity: none) or the caller's own signal, whichever comes first. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #end: number;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #stop: () => void;

  constructor({ within = 60_000, signal: caller }: RequestOptions) {
    const abort = () => this.#controller.abort(new RequestError({ code: 'aborted', message: 'aborted by the caller' }));
    this.#end = Date.now() + within;
    if (within !== Infinity) this.#timer = setTimeout(() => this.#controller.abort(unreachable()), within);
    caller?.addEventListener('abort', abort);
    this.#stop = () => caller?.removeEventListener('abort', abort);
    if (caller?.aborted) abort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The promise's outcome, or the deadline's if that comes first. */
  async within<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    let stop = () => {};
    const over = new Promise<never>((_, reject) => {
      const abort = () => reject(signal.reason as RequestError);
      signal.addEventListener('abort', abort);
      stop = () => signal.removeEventListener('abort', abort);
      if (signal.aborted) abort();
    });
    return Promise.race([promise, over]).finally(stop);
  }

  /** Waits; throws `instead` at once when the wait would exceed the deadline. */
  async pause(milliseconds: number, instead = unreachable()): Promise<void> {
    if (Date.now() + milliseconds > this.#end) throw instead;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waited = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await this.within(waited).finally(() => clearTimeout(timer));
  }

  /** Frees the timer and the listener. */
  release() {
    clearTimeout(this.#timer);
    this.#stop();
  }
}

function unreachable(): RequestError {
  return new RequestError({ code: 'unreachable', message: 'no ack in time; the outcome is unknown' });
}
