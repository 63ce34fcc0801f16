import { describe, expect, it } from '@jest/globals';
import { POLL_STATES } from './poll-states.js';
import { isOverdue, outcomeOf, type PollAct } from './poll-transitions.js';

/** In the order of the states: draft, open, closed, archived. */
const OUTCOMES: Record<PollAct, readonly ReturnType<typeof outcomeOf>[]> = {
  open: ['changes', 'holds already', 'refused', 'refused'],
  close: ['refused', 'changes', 'holds already', 'refused'],
  publish: ['refused', 'changes', 'changes', 'refused'],
  unpublish: ['holds already', 'holds already', 'holds already', 'holds already'],
  reset: ['holds already', 'changes', 'changes', 'refused'],
  archive: ['changes', 'refused', 'changes', 'holds already'],
};

describe('the life of a poll', () => {
  for (const act of Object.keys(OUTCOMES) as PollAct[])
    it(`knows from where one may ${act} (POLL-4, POLL-5)`, () => {
      expect(POLL_STATES.map((state) => outcomeOf(act, { state, published: false }))).toEqual(OUTCOMES[act]);
    });

  it('is published once (POLL-5)', () => {
    expect(outcomeOf('publish', { state: 'open', published: true })).toBe('holds already');
  });

  it('takes a publishing back while the poll is not archived (POLL-36)', () => {
    const outcomes = POLL_STATES.map((state) => outcomeOf('unpublish', { state, published: true }));
    expect(outcomes).toEqual(['refused', 'changes', 'changes', 'refused']);
  });

  it('is over at its end, not a moment later (POLL-12)', () => {
    const endsAt = '2026-11-24T10:00:00.000Z';
    const at = (now: string, state: 'open' | 'closed' = 'open') => isOverdue({ endsAt, state }, new Date(now));
    expect(at('2026-11-24T09:59:59.999Z')).toBe(false);
    expect(at(endsAt)).toBe(true);
    expect(at(endsAt, 'closed')).toBe(false);
    expect(isOverdue({ state: 'open' }, new Date(endsAt))).toBe(false);
  });
});
