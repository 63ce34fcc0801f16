import { describe, expect, it } from '@jest/globals';
import {
  isAnswered,
  isEditable,
  isListed,
  isRevisable,
  isVotable,
  isWithdrawable,
  QUESTION_STATES,
} from './question-states.js';

describe('what can be done with a question', () => {
  it.each([
    ['seen by everybody', isListed, ['approved', 'live', 'answered']],
    ['supported', isVotable, ['approved', 'live']],
    ['edited', isEditable, ['pending', 'approved']],
    ['revised', isRevisable, ['approved', 'hidden', 'live']],
    ['found among the answered', isAnswered, ['answered', 'archived']],
    ['withdrawn', isWithdrawable, ['pending', 'approved', 'hidden']],
  ] as const)('it is %s in these states only (QUE-13, QUE-16, QUE-17, QUE-21)', (_, is, states) => {
    expect(QUESTION_STATES.filter(is)).toEqual(states);
  });
});
