import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PlannedVote, VotePlan } from './vote-plan.js';

const vote = (actorId: string, value: boolean, questionId = 'q') => ({ questionId, actorId, value });
const keyOf = ({ questionId, actorId }: PlannedVote) => questionId + actorId;

/** The results of a batch when these votes exist already. */
function answers(votes: PlannedVote[], ...supporters: string[]) {
  const plan = new VotePlan(votes);
  return plan.duplicates((place) => {
    const wish = plan.wishes[place]!;
    return supporters.includes(wish.actorId) === wish.value;
  });
}

describe('VotePlan', () => {
  it('tells what changed something from what did not, whichever way (QUE-12)', () => {
    expect(answers([vote('a', true), vote('b', false)], 'b')).toEqual([false, false]);
    expect(answers([vote('a', true), vote('b', false)], 'a')).toEqual([true, true]);
  });

  it('counts the last of several votes in one batch, and tells each of them the truth (QUE-12)', () => {
    const votes = [vote('a', true), vote('a', true), vote('a', false), vote('a', true)];
    expect(new VotePlan(votes).wishes).toEqual([vote('a', true)]);
    expect(answers(votes)).toEqual([false, true, false, false]);
    expect(answers(votes, 'a')).toEqual([true, true, false, false]);
  });

  it('touches rows in one order, whatever the order of arrival', () => {
    const plan = new VotePlan([vote('b', true, 'y'), vote('c', true, 'x'), vote('a', true, 'y')]);
    expect(plan.wishes.map(keyOf)).toEqual(['xc', 'ya', 'yb']);
  });

  it('ends where voting one by one would end, with the same answers (QUE-14)', () => {
    const people = fc.constantFrom('a', 'b', 'c');
    const votes = fc.array(fc.record({ actorId: people, questionId: fc.constantFrom('x', 'y'), value: fc.boolean() }));
    fc.assert(
      fc.property(votes, fc.uniqueArray(people), (batch, supporters) => {
        const before = new Set(supporters.map((actorId) => `x${actorId}`));
        const held = new Set(before);
        const expected = batch.map((one) => {
          const isDuplicate = held.has(keyOf(one)) === one.value;
          if (one.value) held.add(keyOf(one));
          else held.delete(keyOf(one));
          return isDuplicate;
        });
        const plan = new VotePlan(batch);
        const after = new Set(before);
        plan.wishes.forEach((wish) => (wish.value ? after.add(keyOf(wish)) : after.delete(keyOf(wish))));
        const isRepeated = (place: number) => before.has(keyOf(plan.wishes[place]!)) === plan.wishes[place]!.value;
        expect(plan.duplicates(isRepeated)).toEqual(expected);
        expect(after).toEqual(held);
      }),
    );
  });
});
