/** Waits for it, but not longer than so many ms; answers whether it came. What fails in time rejects. */
export async function within(patience: number, done: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patience)));
  return Promise.race([done.then(() => true), over]).finally(() => clearTimeout(timer));
}
