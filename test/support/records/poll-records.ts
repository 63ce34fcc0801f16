import { type PollRecord } from '../../../apps/api/src/polls/poll-record.js';

export const POLL_ID = '5bb3cf2c-2f1a-4b57-8f2e-0a3b6d2c9f10';

/** An open single choice of three with two ballots, as the policy sees it. */
export function pollRecord(poll: Partial<PollRecord['poll']> = {}, more: Partial<PollRecord> = {}): PollRecord {
  const options = ['a', 'b', 'c'].map((id) => ({ id, text: `Option ${id}` }));
  return {
    id: poll.id ?? POLL_ID,
    version: 7,
    wasShown: true,
    isAnswered: true,
    tally: {
      ballots: 2,
      counts: options.map(({ id }, place) => [id, place < 2 ? 1 : 0]),
    },
    poll: {
      id: POLL_ID,
      question: 'Which one first?',
      type: 'single',
      state: 'open',
      options,
      results: 'live',
      published: false,
      changeable: true,
      round: 1,
      ...poll,
    },
    ...more,
  };
}
