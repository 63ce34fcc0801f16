import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { BatchLoader } from './batch-loader.js';

describe('a batch', () => {
  function counting(most?: number) {
    const loads: number[][] = [];
    const load = async (keys: readonly number[]) => (loads.push([...keys]), keys.map((key) => key * 2));
    return { loads, batch: new BatchLoader<number, number>({ load, within: 1, withinCrowd: 1_000, most }) };
  }

  it('asks once for what is wanted at the same moment, and answers each their own', async () => {
    const { batch, loads } = counting();
    expect(await Promise.all([batch.ask(1), batch.ask(2), batch.ask(1)])).toEqual([2, 4, 2]);
    expect(loads).toEqual([[1, 2, 1]]);
  });

  it('never answers with what was read before the question', async () => {
    const { batch, loads } = counting();
    await batch.ask(1);
    await batch.ask(1);
    expect(loads).toEqual([[1], [1]]);
  });

  it('waits longer for company in a crowd, and no longer when it is over', async () => {
    const { batch, loads } = counting();
    const ask = (count: number) => Promise.all(Array.from({ length: count }, (_, key) => batch.ask(key)));
    await ask(4);
    const first = batch.ask(1);
    await pause(5); // five times the wait of a single caller
    await Promise.all([first, batch.ask(2)]);
    await batch.ask(3);
    expect(loads.slice(1)).toEqual([[1, 2], [3]]);
  });

  it('is idle when nobody waits, also after a failure (ERR-32)', async () => {
    const { batch } = counting();
    const asked = batch.ask(1);
    expect(batch.isIdle).toBe(false);
    await asked;
    expect(batch.isIdle).toBe(true);
    const failing = new BatchLoader<number, number>({ load: () => Promise.reject(new Error('gone')), within: 1 });
    await expect(failing.ask(1)).rejects.toThrow('gone');
    expect(failing.isIdle).toBe(true);
  });

  it('is bounded', async () => {
    const { batch, loads } = counting(2);
    await Promise.all([1, 2, 3, 4, 5].map((key) => batch.ask(key)));
    expect(loads.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('fails for those who asked and goes on with the next', async () => {
    let isDown = true;
    const load = async (keys: readonly number[]) => (isDown ? Promise.reject(new Error('down')) : keys);
    const batch = new BatchLoader<number, number>({ load, within: 1 });
    await expect(Promise.all([batch.ask(1), batch.ask(2)])).rejects.toThrow('down');
    isDown = false;
    expect(await batch.ask(3)).toBe(3);
  });
});
