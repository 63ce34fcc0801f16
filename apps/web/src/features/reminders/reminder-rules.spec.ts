import { reminderOutcome, type Reminder, waitUntilLook } from './reminder-rules.js';

const START = '2026-03-17T10:00:00.000Z';
const AT = Date.parse(START);
const MINUTE = 60_000;
const reminder = (more: Partial<Reminder> = {}): Reminder => ({
  sessionId: 's',
  event: 'week',
  session: 'debate',
  title: 'Debate',
  start: START,
  setAt: AT - 60 * MINUTE,
  ...more,
});
const scheduled = { state: 'scheduled', start: START } as const;

describe('what a look at a session means for its reminder (WEB-185)', () => {
  it('is told when its planned start has come, also where the hub cannot be reached', () => {
    for (const seen of [scheduled, null]) {
      expect(reminderOutcome(reminder(), seen, AT - 1)).toEqual({ kind: 'wait' });
      expect(reminderOutcome(reminder(), seen, AT)).toEqual({ kind: 'tell', told: 'begins' });
    }
  });

  it('is told when it is live early, or cancelled, and never when it is over', () => {
    const early = AT - 10 * MINUTE;
    expect(reminderOutcome(reminder(), { ...scheduled, state: 'live' }, early)).toEqual({
      kind: 'tell',
      told: 'begun',
    });
    expect(reminderOutcome(reminder(), { ...scheduled, state: 'cancelled' }, early)).toEqual({
      kind: 'tell',
      told: 'cancelled',
    });
    expect(reminderOutcome(reminder(), { ...scheduled, state: 'ended' }, AT)).toEqual({ kind: 'over' });
  });

  it('follows a session that was moved', () => {
    const start = '2026-03-17T11:00:00.000Z';
    expect(reminderOutcome(reminder(), { ...scheduled, start }, AT)).toEqual({ kind: 'moved', start });
  });

  it('waits until it is live where it was set after the planned start', () => {
    const late = reminder({ setAt: AT + MINUTE });
    expect(reminderOutcome(late, scheduled, AT + 2 * MINUTE)).toEqual({ kind: 'wait' });
    expect(reminderOutcome(late, { ...scheduled, state: 'live' }, AT + 2 * MINUTE)).toEqual({
      kind: 'tell',
      told: 'begun',
    });
  });
});

describe('the next look at a session (WEB-185)', () => {
  it('is two hours before, then the oftener the nearer it is, and at its start', () => {
    const wait = (lastLook: number | undefined, now: number) => waitUntilLook(reminder(), lastLook, now);
    expect(wait(undefined, AT - 180 * MINUTE)).toBe(60 * MINUTE);
    expect(wait(undefined, AT - MINUTE)).toBe(0);
    expect(wait(AT - 60 * MINUTE, AT - 60 * MINUTE)).toBe(5 * MINUTE);
    expect(wait(AT - 2 * MINUTE, AT - 2 * MINUTE)).toBe(MINUTE);
    expect(wait(AT - 10_000, AT - 10_000)).toBe(10_000);
    expect(wait(AT, AT)).toBe(20_000);
  });

  it('comes to at most 40 looks for a session, however long before it is watched', () => {
    let [now, last, looks]: [number, number | undefined, number] = [AT - 48 * 60 * MINUTE, undefined, 0];
    while (now < AT) {
      now += waitUntilLook(reminder(), last, now);
      last = now;
      looks += 1;
    }
    expect(looks).toBeGreaterThan(20);
    expect(looks).toBeLessThanOrEqual(40);
  });
});
