/** Runs one task per key at a time; of the tasks that wait for a key only the latest is run, and all waiting callers get its outcome. */
export class LatestWinsQueue {
  readonly #turns = new Map<
    string,
    { waiting: (() => Promise<unknown>) | null; next: Promise<unknown> | null; running: Promise<unknown> }
  >();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const turn = this.#turns.get(key);
    if (!turn) return this.#start(key, task) as Promise<T>;
    turn.waiting = task;
    turn.next ??= turn.running.catch(() => undefined).then(() => this.#start(key, turn.waiting!));
    return turn.next as Promise<T>;
  }

  #start(key: string, task: () => Promise<unknown>): Promise<unknown> {
    const running = task();
    const turn = { waiting: null, next: null, running };
    this.#turns.set(key, turn);
    const forget = () => {
      if (this.#turns.get(key) === turn && !turn.next) this.#turns.delete(key);
    };
    running.then(forget, forget);
    return running;
  }
}
