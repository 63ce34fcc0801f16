import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChangeIndex } from './change-index.js';

describe('Recency', () => {
  it('returns what changed after a version, in the order of first appearance', () => {
    const recency = new ChangeIndex();
    ['a', 'b', 'c', 'a'].forEach((id, version) => recency.touch(id, version + 1));
    expect([recency.since(0), recency.since(2), recency.since(4)]).toEqual([['a', 'b', 'c'], ['a', 'c'], []]);
  });

  it('answers the same as a look at everything, whatever changed when', () => {
    const changes = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(2)));
    fc.assert(
      fc.property(changes, fc.nat(40), (steps, from) => {
        const recency = new ChangeIndex();
        const last = new Map<string, number>();
        let version = 0;
        for (const [id, by] of steps) {
          recency.touch(id, (version += by));
          last.set(id, version);
        }
        expect(recency.since(from)).toEqual([...last].filter(([, at]) => at > from).map(([id]) => id));
      }),
    );
  });
});
