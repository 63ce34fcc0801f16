import { describe, expect, it } from '@jest/globals';
import { MODERATIONS, QUESTION_STATES, type QuestionState } from '#libs/contract/question';
import {
  isEditable,
  isShown,
  isVotable,
  isWithdrawable,
  type StateAction,
  stateAfter,
} from './question.transitions.js';

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

describe('what can be done with a question', () => {
  it.each([
    ['seen by everybody', isShown, ['approved', 'live', 'answered']],
    ['supported', isVotable, ['approved', 'live']],
    ['edited', isEditable, ['pending', 'approved']],
    ['withdrawn', isWithdrawable, ['pending', 'approved', 'hidden']],
  ] as const)('it is %s in these states only (QUE-13, QUE-16, QUE-17, QUE-21)', (_, is, states) => {
    expect(QUESTION_STATES.filter(is)).toEqual(states);
  });
});
