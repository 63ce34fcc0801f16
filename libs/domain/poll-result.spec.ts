import { describe, expect, it } from '@jest/globals';
import { isResultForVoters, isResultPublic } from './poll-result.js';
import { isPollShown, POLL_STATES, RESULT_VISIBILITIES } from './poll-states.js';

const published = false;

describe('the totals of a poll', () => {
  it.each([
    ['live', ['open', 'closed']],
    ['after_vote', ['closed']],
    ['on_close', ['closed']],
    ['manual', []],
  ] as const)('are public with %s in these states (POLL-9)', (results, states) => {
    const shown = POLL_STATES.filter(isPollShown);
    expect(shown.filter((state) => isResultPublic({ state, results, published }))).toEqual(states);
  });

  it('are public once they are published (POLL-9)', () => {
    for (const results of RESULT_VISIBILITIES)
      expect(isResultPublic({ state: 'open', results, published: true })).toBe(true);
  });

  it("depend on a ballot of one's own with after_vote, while the poll is open (POLL-9)", () => {
    const forVoters = RESULT_VISIBILITIES.filter((results) => isResultForVoters({ state: 'open', results, published }));
    expect(forVoters).toEqual(['after_vote']);
    expect(isResultForVoters({ state: 'closed', results: 'after_vote', published })).toBe(false);
    expect(isResultForVoters({ state: 'open', results: 'after_vote', published: true })).toBe(false);
  });
});
