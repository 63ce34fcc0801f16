import { describe, expect, it } from '@jest/globals';
import { Semaphore, KeyedSemaphore } from './keyed-semaphore.js';

/** Work that ends when the test resolves it. */
function work() {
  let finish = () => {};
  const done = new Promise<void>((resolve) => (finish = resolve));
  return { finish, run: () => done };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a semaphore', () => {
  it('runs a limited number at once, the others in order, and refuses those behind too many (QUE-29)', async () => {
    const semaphore = new Semaphore(1, 2);
    const began: string[] = [];
    const works = [work(), work(), work()];
    const runs = works.map(({ run }, n) => semaphore.run(() => (began.push(`${n}`), run())));
    await expect(semaphore.run(work().run)).rejects.toMatchObject({ code: 'busy', retryAfter: 1 });
    await turn();
    expect(began).toEqual(['0']);
    works[0]!.finish();
    await turn();
    expect(began).toEqual(['0', '1']);
    works.forEach(({ finish }) => finish());
    await Promise.all(runs);
    expect([began, semaphore.isIdle]).toEqual([['0', '1', '2'], true]);
  });

  it('passes its permit on when work fails (QUE-29)', async () => {
    const semaphore = new Semaphore(1, 1);
    await expect(semaphore.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await semaphore.run(() => Promise.resolve());
    expect(semaphore.isIdle).toBe(true);
  });
});

describe('a keyed semaphore', () => {
  it('delays no other key, and keeps no key that is not in use (QUE-29, AUTH-26)', async () => {
    const semaphores = new KeyedSemaphore(1, 0);
    const slow = work();
    const busy = semaphores.run('one', slow.run);
    await expect(semaphores.run('one', work().run)).rejects.toMatchObject({ code: 'busy' });
    expect(await semaphores.run('another', () => Promise.resolve('done'))).toBe('done');
    slow.finish();
    await busy;
    expect(await semaphores.run('one', () => Promise.resolve('next'))).toBe('next');
    expect(semaphores.size).toBe(0);
  });
});
