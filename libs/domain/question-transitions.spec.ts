import { describe, expect, it } from '@jest/globals';
import { QUESTION_STATES, type QuestionState } from './question-states.js';
import { MODERATIONS, type StateAction, stateAfter, statesBefore } from './question-transitions.js';

/** The whole table, written out: rows are states, an empty cell is refused, `=` already holds. */
const TABLE = `
            unapprove  approve   reject    hide    restore   live  answer    archive   merge   reopen
pending     =          approved  rejected  .       .         .     .         .         merged  =
approved    pending    =         .         hidden  =         live  answered  .         merged  =
rejected    .          .         =         .       .         .     .         .         .       pending
hidden      .          .         .         =       approved  .     .         .         merged  .
live        .          .         .         hidden  .         =     answered  .         .       approved
answered    .          .         .         .       .         .     =         archived  .       approved
archived    .          .         .         .       .         .     .         =         .       answered
withdrawn   .          .         .         .       .         .     .         .         .       .
merged      .          .         .         .       .         .     .         .         =       .
`;
const [actions = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const cells = rows.flatMap(([state = '', ...results]) =>
  results.map((result, place) => [state as QuestionState, actions[place] as StateAction, result] as const),
);

describe('stateAfter', () => {
  it.each(cells)('of a question that is %s and an act %s is %s (MOD-2, MOD-3)', (state, action, result) => {
    const expected = result === '.' ? null : result === '=' ? state : result;
    expect(stateAfter(action, state)).toBe(expected);
  });

  it('is told for every state and every act that has one', () => {
    const others = ['pin', 'unpin', 'unmerge'];
    expect(cells).toHaveLength(QUESTION_STATES.length * (MODERATIONS.length - others.length));
  });
});

describe('statesBefore', () => {
  it('returns the states of which an act makes another one (MOD-2)', () => {
    expect(statesBefore('live')).toEqual(['approved']);
    expect(statesBefore('hide')).toEqual(['approved', 'live']);
  });
});
