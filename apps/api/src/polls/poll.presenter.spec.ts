import { POLL_STATES, RESULT_VISIBILITIES } from '#libs/domain/poll-states';
import { poll as pollSchema } from '#libs/contract/poll';
import { pollRecord, POLL_ID } from '../../../../test/support/records/poll-records.js';
import { ballotKey, type View } from '../feed/feed-kind.js';
import { isResultForVoters } from '#libs/domain/poll-result';
import { presentPoll } from './poll.presenter.js';

type Seen = 'nothing' | 'the poll' | 'the tally';
const stranger: View = { audience: 'audience', votedIn: [], protocol: 2 };
const voter: View = { audience: 'audience', votedIn: [ballotKey(POLL_ID, 1)], protocol: 2 };

function seen(record: ReturnType<typeof pollRecord>, view: View): Seen {
  const poll = presentPoll(record, view);
  if (!poll) return 'nothing';
  return poll.tally ? 'the tally' : 'the poll';
}

/** What the audience sees of an open and of a closed poll, without and with a ballot, before it is published. */
const RULES = {
  live: { open: ['the tally', 'the tally'], closed: ['the tally', 'the tally'] },
  after_vote: { open: ['the poll', 'the tally'], closed: ['the tally', 'the tally'] },
  on_close: { open: ['the poll', 'the poll'], closed: ['the tally', 'the tally'] },
  manual: { open: ['the poll', 'the poll'], closed: ['the poll', 'the poll'] },
} as const;

describe('presenting a poll', () => {
  for (const results of RESULT_VISIBILITIES)
    for (const state of ['open', 'closed'] as const) {
      const [withoutBallot, withBallot] = RULES[results][state];
      it(`shows the audience ${withoutBallot} of a poll that is ${state} with results ${results}, voters ${withBallot} (POLL-9, G7)`, () => {
        expect(seen(pollRecord({ state, results }), stranger)).toBe(withoutBallot);
        expect(seen(pollRecord({ state, results }), voter)).toBe(withBallot);
        expect(seen(pollRecord({ state, results, published: true }), stranger)).toBe('the tally');
      });
    }

  it('shows the audience nothing of drafts and archived polls, published or not (POLL-8, G7)', () => {
    for (const results of RESULT_VISIBILITIES)
      for (const state of ['draft', 'archived'] as const)
        for (const published of [false, true])
          for (const view of [stranger, voter])
            expect(seen(pollRecord({ state, results, published }), view)).toBe('nothing');
  });

  it('shows moderators and speakers everything, always (POLL-8, POLL-9)', () => {
    for (const audience of ['speaker', 'moderator'] as const)
      for (const results of RESULT_VISIBILITIES)
        for (const state of POLL_STATES)
          expect(seen(pollRecord({ state, results }), { audience, votedIn: [], protocol: 2 })).toBe('the tally');
  });

  it('counts a ballot for its own round only (POLL-16)', () => {
    expect(seen(pollRecord({ results: 'after_vote', round: 2 }), voter)).toBe('the poll');
  });

  it('says nothing that the contract does not know', () => {
    const id = '0b6f3a52-0d3c-4b7e-9d55-0f3a1c2b4d5e';
    const record = pollRecord({ options: [{ id, text: 'A' }] }, { tally: { ballots: 1, counts: [[id, 1]] } });
    const shown = presentPoll(record, stranger);
    expect(pollSchema.strict().parse(shown)).toEqual(shown);
  });

  it('lets ballots decide only while results are for those who voted (POLL-16)', () => {
    expect(isResultForVoters(pollRecord({ results: 'after_vote' }).poll)).toBe(true);
    expect(isResultForVoters(pollRecord({ results: 'after_vote', state: 'closed' }).poll)).toBe(false);
    expect(isResultForVoters(pollRecord({ results: 'after_vote', published: true }).poll)).toBe(false);
    expect(isResultForVoters(pollRecord({ results: 'on_close' }).poll)).toBe(false);
  });
});
