/** Waits for a promise at most this many ms; returns whether it settled. A rejection in time is rethrown. */
export async function within(patience: number, done: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patience)));
  return Promise.race([done.then(() => true), over]).finally(() => clearTimeout(timer));
}
