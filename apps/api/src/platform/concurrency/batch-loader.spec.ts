import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { BatchLoader } from './batch-loader.js';

describe('a batch', () => {
  function counting(most?: number) {
    const loads: number[][] = [];
    const load = async (keys: readonly number[]) => (loads.push([...keys]), keys.map((key) => key * 2));
    return { loads, batch: new BatchLoader<number, number>(load, { within: 1, withinCrowd: 1_000, most }) };
  }

  it('asks once for what is wanted at the same moment, and answers each their own', async () => {
    const { batch, loads } = counting();
    expect(await Promise.all([batch.load(1), batch.load(2), batch.load(1)])).toEqual([2, 4, 2]);
    expect(loads).toEqual([[1, 2, 1]]);
  });

  it('never answers with what was read before the question', async () => {
    const { batch, loads } = counting();
    await batch.load(1);
    await batch.load(1);
    expect(loads).toEqual([[1], [1]]);
  });

  it('waits longer for company in a crowd, and no longer when it is over', async () => {
    const { batch, loads } = counting();
    const ask = (count: number) => Promise.all(Array.from({ length: count }, (_, key) => batch.load(key)));
    await ask(4);
    const first = batch.load(1);
    await pause(5); // five times the wait of a single caller
    await Promise.all([first, batch.load(2)]);
    await batch.load(3);
    expect(loads.slice(1)).toEqual([[1, 2], [3]]);
  });

  it('is bounded', async () => {
    const { batch, loads } = counting(2);
    await Promise.all([1, 2, 3, 4, 5].map((key) => batch.load(key)));
    expect(loads.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('fails for those who asked and goes on with the next', async () => {
    let isDown = true;
    const load = async (keys: readonly number[]) => (isDown ? Promise.reject(new Error('down')) : keys);
    const batch = new BatchLoader<number, number>(load, { within: 1 });
    await expect(Promise.all([batch.load(1), batch.load(2)])).rejects.toThrow('down');
    isDown = false;
    expect(await batch.load(3)).toBe(3);
  });
});
