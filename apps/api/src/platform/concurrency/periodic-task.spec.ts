import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { log } from '../logging/log.js';
import { PeriodicTask } from './periodic-task.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** Work whose runs end when the test says so. */
function slowWork() {
  const ends: (() => void)[] = [];
  const work = jest.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
  const finish = async () => {
    ends.shift()!();
    await jest.advanceTimersByTimeAsync(0);
  };
  return { work, finish };
}

describe('a periodic task', () => {
  it('runs after each interval, from its start to its stop', async () => {
    const work = jest.fn();
    const task = new PeriodicTask('test', work, { everyMs: 1_000 });
    await jest.advanceTimersByTimeAsync(5_000);
    expect(work).not.toHaveBeenCalled();
    task.start();
    await jest.advanceTimersByTimeAsync(3_500);
    expect(work).toHaveBeenCalledTimes(3);
    await task.stop();
    await jest.advanceTimersByTimeAsync(5_000);
    await task.trigger();
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('runs at the start where that is wanted', () => {
    const work = jest.fn();
    new PeriodicTask('test', work, { everyMs: 1_000, isFirstAtOnce: true }).start();
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('skips the intervals that end during a run', async () => {
    const { work, finish } = slowWork();
    new PeriodicTask('test', work, { everyMs: 1_000 }).start();
    await jest.advanceTimersByTimeAsync(3_500);
    expect(work).toHaveBeenCalledTimes(1);
    await finish();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('lets a run end when it is stopped, and begins no other', async () => {
    const { work, finish } = slowWork();
    const task = new PeriodicTask('test', work, { everyMs: 1_000 }).start();
    await jest.advanceTimersByTimeAsync(1_000);
    void task.trigger(); // would run after the current one
    let hasStopped = false;
    const stopping = task.stop().then(() => (hasStopped = true));
    await jest.advanceTimersByTimeAsync(2_000);
    expect(hasStopped).toBe(false);
    await finish();
    await stopping;
    await jest.advanceTimersByTimeAsync(2_000);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('logs an error and runs again', async () => {
    const warn = jest.spyOn(log, 'warn').mockReturnValue(undefined);
    const work = jest.fn(() => Promise.reject(new Error('gone')));
    new PeriodicTask('lost hints', work, { everyMs: 1_000 }).start();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(work).toHaveBeenCalledTimes(2);
    const told = { err: new Error('gone'), task: 'lost hints' };
    expect(warn).toHaveBeenCalledWith(told, expect.stringContaining('runs again'));
  });

  it('reports the error of work without a promise to its owner, and none after its stop', async () => {
    const onError = jest.fn();
    const work = () => {
      throw new Error('no');
    };
    const task = new PeriodicTask('test', work, { everyMs: 1_000, onError }).start();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(onError.mock.calls).toEqual([[new Error('no')]]);
    const failing = new PeriodicTask('test', () => Promise.reject(new Error('closed')), { everyMs: 1_000, onError });
    void failing.trigger();
    await Promise.all([task.stop(), failing.stop()]);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(onError).toHaveBeenCalledTimes(1);
  });
});

describe('a run on request', () => {
  it('begins at once', async () => {
    const { work, finish } = slowWork();
    const task = new PeriodicTask('test', work, { everyMs: 1_000 });
    const run = task.trigger();
    expect(work).toHaveBeenCalledTimes(1);
    await finish();
    await run;
  });

  it('follows the current run, once for all that ask meanwhile', async () => {
    const { work, finish } = slowWork();
    const task = new PeriodicTask('test', work, { everyMs: 1_000 });
    const runs = [task.trigger(), task.trigger(), task.trigger()];
    expect(work).toHaveBeenCalledTimes(1);
    await finish();
    await runs[0];
    expect(work).toHaveBeenCalledTimes(2);
    await finish();
    await Promise.all(runs);
    expect(work).toHaveBeenCalledTimes(2);
  });
});
