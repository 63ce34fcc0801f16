import { jest } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import type { Question } from '#libs/contract/question';
import { useDeparted, withDeparted } from './departed.js';
import { useHeldOrder } from './hold-order.js';

const questions = [{ id: 'b', state: 'live' }] as Question[];

/** The list as the panel puts it together. */
function useList(ids: readonly string[], isHeld: boolean) {
  return useHeldOrder(withDeparted(ids, useDeparted(ids, questions, isHeld).departed), { isHeld });
}

describe('a held list', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('keeps the space of removed questions while the person reads and for a moment after, and does not count them as new (WEB-15)', () => {
    const { result, rerender } = renderHook(({ ids, isHeld }) => useList(ids, isHeld), {
      initialProps: { ids: ['a', 'b', 'c'], isHeld: true },
    });
    rerender({ ids: ['a', 'c', 'd'], isHeld: true });
    expect(result.current.shown).toEqual(['a', 'b', 'c']);
    expect(result.current.fresh).toBe(1);
    act(() => void jest.advanceTimersByTime(60_000));
    expect(result.current.shown).toEqual(['a', 'b', 'c']);
    rerender({ ids: ['a', 'c', 'd'], isHeld: false });
    act(() => void jest.advanceTimersByTime(5000));
    expect(result.current.shown).toEqual(['a', 'c', 'd']);
  });
});
