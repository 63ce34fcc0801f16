import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { forEachOf } from './for-each-of.js';

const items = Array.from({ length: 50 }, (_, index) => index);

describe('work for each of many', () => {
  it('runs once for each, a limited number at a time', async () => {
    const done: number[] = [];
    let [underWay, most] = [0, 0];
    const failures = await forEachOf(items, 10, async (item) => {
      most = Math.max(most, ++underWay);
      await turn();
      underWay--;
      done.push(item);
    });
    expect([most, failures]).toEqual([10, []]);
    expect(done.sort((a, b) => a - b)).toEqual(items);
  });

  it('goes on after those that fail, and answers why', async () => {
    const done: number[] = [];
    const failures = await forEachOf(items, 10, async (item) => {
      await turn();
      if (item % 5 === 0) throw new Error(`no ${item}`);
      done.push(item);
    });
    expect(done).toHaveLength(40);
    expect(failures).toHaveLength(10);
    expect(failures[0]).toEqual(new Error('no 0'));
  });

  it('ends when as many in a row fail as run at once: an unavailable server is not waited for', async () => {
    let asked = 0;
    const failures = await forEachOf(items, 10, async () => {
      asked++;
      await turn();
      throw new Error('away');
    });
    expect(asked).toBeLessThan(20);
    expect(failures).toHaveLength(asked);
  });
});
