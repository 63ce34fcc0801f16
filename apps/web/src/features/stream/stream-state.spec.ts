import { describe, expect, it } from '@jest/globals';
import { OPENING, reduceStream, availabilityOf, type StreamEvent } from './stream-state.js';

const after = (...events: StreamEvent[]) => events.reduce(reduceStream, OPENING);
const pictures = (count: number): StreamEvent => ({ type: 'pictures', count });

describe('the states of a stream (STR-12)', () => {
  it('opens only with the session', () => {
    const stages = (['scheduled', 'live', 'ended', 'cancelled'] as const).map((state) => availabilityOf({ state }));
    expect(stages).toEqual(['not-started', 'open', 'ended', 'cancelled']);
  });

  it('waits while nobody is on air, and is live with the first picture or sound', () => {
    expect(after(pictures(0)).phase).toBe('waiting');
    expect(after(pictures(0), pictures(1))).toMatchObject({ phase: 'live', wasLive: true });
  });

  it('tells a stage that everybody has left from a connection that is interrupted (STR-39)', () => {
    expect(after(pictures(1), pictures(0)).phase).toBe('waiting');
    expect(after(pictures(1), { type: 'lost' }).phase).toBe('interrupted');
    expect(after(pictures(1), pictures(0), { type: 'lost' }).phase).toBe('interrupted');
    expect(after(pictures(1), { type: 'wavering' }).phase).toBe('interrupted');
    expect(after({ type: 'wavering' }).phase).toBe('connecting');
  });

  it('tries again later and later, and at once as before when it worked in between', () => {
    const lost: StreamEvent = { type: 'lost' };
    const again: StreamEvent = { type: 'again' };
    expect(after(lost).retryIn).toBe(1000);
    expect(after(lost, again, lost, again, lost).retryIn).toBe(4000);
    expect(after(...Array<StreamEvent>(20).fill(lost)).retryIn).toBe(15_000);
    expect(after(lost, again, lost, again, pictures(1), lost)).toMatchObject({ phase: 'interrupted', retryIn: 1000 });
  });

  it('keeps saying what is wrong while it tries again', () => {
    expect(after({ type: 'lost' }, { type: 'again' })).toMatchObject({
      phase: 'unavailable',
      attempt: 1,
      retryIn: null,
    });
  });

  it('distinguishes a stream that is being prepared from an unavailable one, and waits as long as the server requires', () => {
    expect(after({ type: 'refused', code: 'stream.preparing', retryAfter: 5 })).toMatchObject({
      phase: 'preparing',
      retryIn: 5000,
    });
    expect(after({ type: 'refused', code: 'stream.unavailable', retryAfter: 15 })).toMatchObject({
      phase: 'unavailable',
      retryIn: 15_000,
    });
    expect(after({ type: 'refused', code: 'offline' })).toMatchObject({ phase: 'unavailable', retryIn: 1000 });
  });

  it.each(['auth.required', 'forbidden', 'not_found', 'actor.banned'])('does not knock again after %s', (code) => {
    expect(after(pictures(1), { type: 'refused', code })).toMatchObject({ phase: 'refused', retryIn: null });
  });
});
