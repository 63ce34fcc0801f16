import { setImmediate as nextTurn } from 'node:timers/promises';
import { CooperativeScheduler } from './cooperative-scheduler.js';

/** Keeps the process busy. */
function work(ms: number) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('CooperativeScheduler', () => {
  it('yields between the slices of a long job, and returns its cost', async () => {
    const slices = new CooperativeScheduler(4);
    let turns = 0;
    let isDone = false;
    const cost = slices
      .run(
        (function* () {
          for (let i = 0; i < 40; i++) yield work(1);
        })(),
      )
      .finally(() => (isDone = true));
    while (!isDone) {
      turns++;
      await nextTurn();
    }
    expect(turns).toBeGreaterThanOrEqual(8);
    expect(await cost).toBeGreaterThanOrEqual(40);
    expect(await cost).toBeLessThan(400);
  });

  it('does not hold up a small job behind a big one', async () => {
    const slices = new CooperativeScheduler(4);
    const done: string[] = [];
    const big = function* () {
      for (let i = 0; i < 20; i++) yield work(1);
    };
    const small = function* () {
      yield;
    };
    await Promise.all([
      slices.run(big()).then(() => done.push('big')),
      slices.run(small()).then(() => done.push('small')),
    ]);
    expect(done).toEqual(['small', 'big']);
  });

  it('fails a job alone', async () => {
    const slices = new CooperativeScheduler();
    const broken = function* () {
      yield;
      throw new Error('boom');
    };
    const sound = function* () {
      yield;
    };
    const [first, second] = await Promise.allSettled([slices.run(broken()), slices.run(sound())]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('begins nothing after it was closed', async () => {
    const slices = new CooperativeScheduler();
    let steps = 0;
    void slices.run(
      (function* () {
        for (;;) yield steps++;
      })(),
    );
    slices.close();
    await nextTurn();
    await nextTurn();
    expect(steps).toBe(0);
  });
});
