import { expect, it } from '@jest/globals';
import { isOver, isTakingBack, isTransition, SESSION_STATES } from './session-states.js';

it('takes going live back within a minute, by the clock of the node (PROG-27)', () => {
  const live = { state: 'live', liveAt: new Date('2026-03-16T09:00:00Z') } as const;
  expect(isTakingBack(live, 'scheduled', new Date('2026-03-16T09:01:00Z'))).toBe(true);
  expect(isTakingBack(live, 'scheduled', new Date('2026-03-16T09:01:01Z'))).toBe(false);
  expect(isTakingBack(live, 'ended', new Date('2026-03-16T09:00:01Z'))).toBe(false);
  expect(isTakingBack({ state: 'ended', liveAt: live.liveAt }, 'scheduled', new Date('2026-03-16T09:00:01Z'))).toBe(
    false,
  );
});

it('knows every step from state to state (PROG-6)', () => {
  const steps = SESSION_STATES.flatMap((from) =>
    SESSION_STATES.filter((to) => from !== to && isTransition(from, to)).map((to) => `${from} ${to}`),
  );
  expect(steps).toEqual([
    'scheduled live',
    'scheduled cancelled',
    'live ended',
    'live cancelled',
    'cancelled scheduled',
  ]);
  for (const state of SESSION_STATES) expect(isTransition(state, state)).toBe(true);
});

it('is over in the states from which nothing goes on (QUE-3, POLL-23)', () => {
  expect(SESSION_STATES.filter(isOver)).toEqual(['ended', 'cancelled']);
});
