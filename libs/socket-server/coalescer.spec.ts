import { jest } from '@jest/globals';
import { Coalescer } from './coalescer.js';

describe('Coalescer', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  /** `cost` returns the cost of a flush, possibly after a delay. */
  function start(cost: (key: string) => number | Promise<number> = () => 0, share = () => 0.7) {
    const [flushed, times, errors] = [[] as string[], [] as number[], [] as unknown[]];
    const flush = async (key: string) => {
      flushed.push(key);
      times.push(performance.now());
      return cost(key);
    };
    const coalescer = new Coalescer({ tickMs: 200, share, flush, onError: (error) => errors.push(error) });
    return { coalescer, flushed, times, errors };
  }

  it('flushes the first mark at once and the following ones once a tick (FEED-5)', async () => {
    const { coalescer, flushed } = start();
    coalescer.mark('a');
    await pass(1);
    expect(flushed).toEqual(['a']);
    for (let i = 0; i < 100; i++) coalescer.mark('a');
    await pass(150);
    expect(flushed).toEqual(['a']);
    await pass(60);
    expect(flushed).toEqual(['a', 'a']);
    await pass(1_000);
    expect(flushed).toHaveLength(2);
    expect(coalescer.counters.ticks).toBe(2);
  });

  it('keeps the keys apart', async () => {
    const { coalescer, flushed } = start();
    coalescer.mark('a');
    coalescer.mark('b');
    await pass(1);
    expect(flushed).toEqual(['a', 'b']);
  });

  it('keeps its tick while flushing leaves a third of the core to others (FEED-5)', async () => {
    const { coalescer, times } = start(() => 126);
    coalescer.mark('a');
    await pass(1);
    coalescer.mark('a');
    await pass(300);
    expect(times[1]! - times[0]!).toBeLessThanOrEqual(201);
  });

  it.each([
    [280, 400],
    [1_000, 1_429],
    [10_000, 2_000],
  ])('stretches the tick when a flush costs %d ms to %d ms (FEED-5)', async (cost, tick) => {
    const { coalescer, times } = start(() => cost);
    coalescer.mark('a');
    await pass(1);
    coalescer.mark('a');
    await pass(3_000);
    expect(Math.abs(times[1]! - times[0]! - tick)).toBeLessThanOrEqual(2);
    expect(Math.round(coalescer.tickMs)).toBe(tick);
  });

  it('stretches further while flushing may take less of the core (FEED-5)', async () => {
    let share = 0.7;
    const { coalescer } = start(
      () => 140,
      () => share,
    );
    for (const [next, tick] of [
      [0.2, 700],
      [0.7, 200],
    ] as const) {
      share = next;
      coalescer.mark('a');
      await pass(3_000);
      expect(Math.round(coalescer.tickMs)).toBe(tick);
    }
  });

  it('stretches with the cost of all keys, and back when they are quiet (FEED-5)', async () => {
    const { coalescer } = start(() => 140);
    for (const key of ['a', 'b', 'c']) coalescer.mark(key);
    await pass(1);
    expect(coalescer.tickMs).toBeCloseTo(600);
    await pass(10_000);
    coalescer.mark('a');
    await pass(1);
    expect(coalescer.tickMs).toBe(200);
  });

  it('never flushes a key again before it is done, and then what was marked meanwhile (FEED-5)', async () => {
    let finish = (_cost: number) => {};
    const { coalescer, flushed } = start(() => new Promise<number>((resolve) => (finish = resolve)));
    coalescer.mark('a');
    await pass(1);
    coalescer.mark('a');
    await pass(5_000);
    coalescer.forget('a');
    coalescer.mark('a');
    await pass(5_000);
    expect(flushed).toEqual(['a']);
    finish(0);
    await pass(1);
    expect(flushed).toEqual(['a', 'a']);
  });

  it('goes on after a flush that fails', async () => {
    let calls = 0;
    const { coalescer, errors } = start(() => {
      if (++calls === 1) throw new Error('boom');
      return 0;
    });
    coalescer.mark('a');
    await pass(1);
    coalescer.mark('a');
    await pass(300);
    expect([calls, errors.length]).toEqual([2, 1]);
  });

  it('forgets the keys that rest, also when nothing is flushed any more (ERR-32)', async () => {
    const coalescer = new Coalescer({
      tickMs: 10,
      maxTickMs: 100,
      share: () => 1,
      flush: async () => 0,
      onError: () => undefined,
    });
    for (let n = 0; n < 50; n++) coalescer.mark(`session ${n}`);
    await jest.advanceTimersByTimeAsync(50);
    expect(coalescer.size).toBe(50);
    await jest.advanceTimersByTimeAsync(500);
    expect(coalescer.size).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('forgets a key with its timer', async () => {
    const { coalescer, flushed } = start();
    coalescer.mark('a');
    coalescer.forget('a');
    await pass(500);
    expect(flushed).toEqual([]);
  });
});
