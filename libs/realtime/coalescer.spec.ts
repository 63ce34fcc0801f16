import { jest } from '@jest/globals';
import { Coalescer } from './coalescer.js';

describe('Coalescer', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const start = (flush: (key: string) => void) => {
    const errors: unknown[] = [];
    return { errors, coalescer: new Coalescer({ tickMs: 200, flush, onError: (error) => errors.push(error) }) };
  };

  it('flushes the first mark at once and the following ones once a tick (FEED-5)', () => {
    const flushed: string[] = [];
    const { coalescer } = start((key) => flushed.push(key));
    coalescer.mark('a');
    jest.advanceTimersByTime(1);
    expect(flushed).toEqual(['a']);
    for (let i = 0; i < 100; i++) coalescer.mark('a');
    jest.advanceTimersByTime(150);
    expect(flushed).toEqual(['a']);
    jest.advanceTimersByTime(60);
    expect(flushed).toEqual(['a', 'a']);
    jest.advanceTimersByTime(1_000);
    expect(flushed).toHaveLength(2);
  });

  it('keeps the keys apart', () => {
    const flushed: string[] = [];
    const { coalescer } = start((key) => flushed.push(key));
    coalescer.mark('a');
    coalescer.mark('b');
    jest.advanceTimersByTime(1);
    expect(flushed).toEqual(['a', 'b']);
  });

  it('stretches the tick when flushing is expensive (FEED-5)', () => {
    const times: number[] = [];
    const { coalescer } = start(() => {
      times.push(performance.now());
      jest.advanceTimersByTime(100);
    });
    coalescer.mark('a');
    jest.advanceTimersByTime(1);
    coalescer.mark('a');
    jest.advanceTimersByTime(2_000);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(500);
  });

  it('goes on after a flush that throws', () => {
    let calls = 0;
    const { coalescer, errors } = start(() => {
      if (++calls === 1) throw new Error('boom');
    });
    coalescer.mark('a');
    jest.advanceTimersByTime(1);
    coalescer.mark('a');
    jest.advanceTimersByTime(300);
    expect([calls, errors.length]).toEqual([2, 1]);
  });

  it('forgets a key with its timer', () => {
    let calls = 0;
    const { coalescer } = start(() => calls++);
    coalescer.mark('a');
    coalescer.forget('a');
    jest.advanceTimersByTime(500);
    expect(calls).toBe(0);
  });
});
