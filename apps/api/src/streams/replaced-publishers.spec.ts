import { expect, it } from '@jest/globals';
import { replacedPublishers } from './replaced-publishers.js';

const at = (identity: string, actorId: string, ms: number) => ({ identity, actorId, joinedAt: new Date(ms) });

it('ends all windows of a person but the newest, whatever the order, and nobody else’s (STR-5)', () => {
  const windows = [at('a2', 'ada', 20), at('b1', 'ben', 5), at('a3', 'ada', 30), at('a1', 'ada', 10)];
  for (const order of [windows, [...windows].reverse()])
    expect([...replacedPublishers(order)].sort()).toEqual(['a1', 'a2']);
  expect(replacedPublishers([])).toEqual(new Set());
});

it('ends the same one of two that came in the same millisecond, whichever is listed first (STR-5)', () => {
  const windows = [at('x', 'ada', 10), at('y', 'ada', 10)];
  for (const order of [windows, [...windows].reverse()]) expect([...replacedPublishers(order)]).toEqual(['x']);
});
