import { describe, expect, it } from '@jest/globals';
import { Semaphore, KeyedSemaphore } from './keyed-semaphore.js';

/** Work that ends when the test resolves it. */
function work() {
  let finish = () => {};
  const done = new Promise<void>((resolve) => (finish = resolve));
  return { finish, run: () => done };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a lane', () => {
  it('runs a limited number at once, the others in order, and refuses those behind too many (QUE-29)', async () => {
    const lane = new Semaphore(1, 2);
    const began: string[] = [];
    const works = [work(), work(), work()];
    const runs = works.map(({ run }, n) => lane.run(() => (began.push(`${n}`), run())));
    await expect(lane.run(work().run)).rejects.toMatchObject({ code: 'busy', retryAfter: 1 });
    await turn();
    expect(began).toEqual(['0']);
    works[0]!.finish();
    await turn();
    expect(began).toEqual(['0', '1']);
    works.forEach(({ finish }) => finish());
    await Promise.all(runs);
    expect([began, lane.isIdle]).toEqual([['0', '1', '2'], true]);
  });

  it('gives its place on when work fails (QUE-29)', async () => {
    const lane = new Semaphore(1, 1);
    await expect(lane.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await lane.run(() => Promise.resolve());
    expect(lane.isIdle).toBe(true);
  });
});

describe('lanes', () => {
  it('keep nobody waiting for those of another name, and nothing of who has gone (QUE-29, AUTH-26)', async () => {
    const lanes = new KeyedSemaphore(1, 0);
    const slow = work();
    const busy = lanes.run('one', slow.run);
    await expect(lanes.run('one', work().run)).rejects.toMatchObject({ code: 'busy' });
    expect(await lanes.run('another', () => Promise.resolve('done'))).toBe('done');
    slow.finish();
    await busy;
    expect(await lanes.run('one', () => Promise.resolve('next'))).toBe('next');
  });
});
