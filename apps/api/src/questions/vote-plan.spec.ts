import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { netScores, planVotes } from './vote-plan.js';

const vote = (actorId: string, value: boolean, questionId = 'q') => ({ questionId, actorId, value });
const row = (actorId: string, origin: string | null = null, questionId = 'q') => ({ questionId, actorId, origin });
const keys = (votes: readonly { actorId: string }[]) => votes.map(({ actorId }) => actorId);

describe('planVotes', () => {
  it('inserts what is new and removes what is there (QUE-12)', () => {
    const plan = planVotes([vote('a', true), vote('b', false)], [row('b')]);
    expect([keys(plan.insert), keys(plan.remove), plan.duplicates]).toEqual([['a'], ['b'], [false, false]]);
  });

  it('says that a repeated vote changed nothing, whichever way (QUE-12)', () => {
    const plan = planVotes([vote('a', true), vote('b', false)], [row('a')]);
    expect([plan.insert, plan.remove, plan.duplicates]).toEqual([[], [], [true, true]]);
  });

  it('counts the last of several votes in one batch, and tells each of them the truth (QUE-12)', () => {
    const plan = planVotes([vote('a', true), vote('a', true), vote('a', false), vote('a', true)], []);
    expect(keys(plan.insert)).toEqual(['a']);
    expect(plan.duplicates).toEqual([false, true, false, false]);
  });

  it('writes nothing for a vote that was given and taken in one batch (QUE-12)', () => {
    const plan = planVotes([vote('a', true), vote('a', false)], []);
    expect([plan.insert, plan.remove]).toEqual([[], []]);
  });

  it('makes a vote that came with a merge the voter’s own when it is given again (MOD-9)', () => {
    const plan = planVotes([vote('a', true), vote('b', true)], [row('a', 'merged'), row('b')]);
    expect([keys(plan.keep), plan.insert, plan.duplicates]).toEqual([['a'], [], [true, true]]);
  });

  it('touches rows in one order, whatever the order of arrival', () => {
    const plan = planVotes([vote('b', true, 'y'), vote('c', true, 'x'), vote('a', true, 'y')], []);
    expect(plan.insert.map(({ questionId, actorId }) => questionId + actorId)).toEqual(['xc', 'ya', 'yb']);
  });

  it('ends where voting one by one would end, with the same answers (QUE-14)', () => {
    const people = fc.constantFrom('a', 'b', 'c');
    const votes = fc.array(fc.record({ actorId: people, questionId: fc.constantFrom('x', 'y'), value: fc.boolean() }));
    fc.assert(
      fc.property(votes, fc.uniqueArray(people), (batch, supporters) => {
        const rows = supporters.map((actorId) => row(actorId, null, 'x'));
        const held = new Set(rows.map(({ questionId, actorId }) => questionId + actorId));
        const answers = batch.map(({ questionId, actorId, value }) => {
          const isDuplicate = held.has(questionId + actorId) === value;
          if (value) held.add(questionId + actorId);
          else held.delete(questionId + actorId);
          return isDuplicate;
        });
        const plan = planVotes(batch, rows);
        const left = new Set(rows.map(({ questionId, actorId }) => questionId + actorId));
        plan.remove.forEach(({ questionId, actorId }) => left.delete(questionId + actorId));
        plan.insert.forEach(({ questionId, actorId }) => left.add(questionId + actorId));
        expect(plan.duplicates).toEqual(answers);
        expect(left).toEqual(held);
      }),
    );
  });
});

describe('netScores', () => {
  it('adds up what came and what went, by question (QUE-14)', () => {
    const net = netScores([row('a'), row('b'), row('c', null, 'p')], [row('d')]);
    expect([...net]).toEqual([
      ['q', 1],
      ['p', 1],
    ]);
  });
});
