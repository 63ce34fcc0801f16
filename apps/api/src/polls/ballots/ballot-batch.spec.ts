import { pollRecord, POLL_ID } from '../../../../../test/support/records/poll-records.js';
import { type PollAnswer } from '#libs/contract/poll';
import { BallotBatch } from './ballot-batch.js';
import { type PollRecord } from '../poll-record.js';

const NOW = new Date('2026-11-24T10:00:00Z');
const known = (actorId: string, ...choices: string[]) => ({ pollId: POLL_ID, round: 1, actorId, choices });
const box = (poll: Partial<PollRecord['poll']> = {}, ...ballots: ReturnType<typeof known>[]) =>
  new BallotBatch(new Map([[POLL_ID, pollRecord(poll)]]), ballots, NOW);
const choose = (...choices: string[]): PollAnswer => ({ pollId: POLL_ID, choices });
const refused = (code: string, field?: string) => expect.objectContaining({ code, ...(field && { field }) });
const counted = { duplicate: false };
const repeated = { duplicate: true };

describe('the ballot box', () => {
  it('takes a first ballot', () => {
    const ballots = box();
    expect(ballots.put('ann', choose('a'))).toEqual(counted);
    expect(ballots.changes).toEqual([{ pollId: POLL_ID, round: 1, actorId: 'ann', before: null, choices: ['a'] }]);
  });

  it('counts the last of several ballots of one actor once (POLL-11)', () => {
    const ballots = box({}, known('ann', 'a'));
    expect([ballots.put('ann', choose('b')), ballots.put('ann', choose('b')), ballots.put('ann', choose('c'))]).toEqual(
      [counted, repeated, counted],
    );
    expect(ballots.changes).toEqual([{ pollId: POLL_ID, round: 1, actorId: 'ann', before: ['a'], choices: ['c'] }]);
  });

  it('changes nothing for a ballot that is changed and changed back (POLL-11)', () => {
    const ballots = box({}, known('ann', 'a'));
    ballots.put('ann', choose('b'));
    ballots.put('ann', choose('a'));
    expect(ballots.changes).toEqual([]);
  });

  it('keeps the first ballot where it may not be changed (POLL-11)', () => {
    const ballots = box({ changeable: false });
    const outcomes = [
      ballots.put('ann', choose('a')),
      ballots.put('ann', choose('b')),
      ballots.put('ann', choose('a')),
    ];
    expect(outcomes).toEqual([counted, refused('poll.already_answered'), repeated]);
    expect(ballots.changes).toHaveLength(1);
  });

  it('takes ballots only while the poll is open (POLL-12)', () => {
    for (const state of ['draft', 'closed', 'archived'] as const)
      expect(box({ state }).put('ann', choose('a'))).toEqual(refused('poll.not_open'));
    expect(box({ endsAt: NOW.toISOString() }).put('ann', choose('a'))).toEqual(refused('poll.not_open'));
    expect(box({ endsAt: new Date(NOW.getTime() + 1).toISOString() }).put('ann', choose('a'))).toEqual(counted);
  });

  it('knows nothing of a draft that nobody has seen (POLL-8, G7)', () => {
    const unseen = new BallotBatch(new Map([[POLL_ID, pollRecord({ state: 'draft' }, { wasShown: false })]]), [], NOW);
    expect(unseen.put('ann', { ...choose('a'), round: 9 })).toEqual(refused('not_found'));
  });

  it('takes no ballot of another round (POLL-12)', () => {
    expect(box({ round: 2 }).put('ann', { ...choose('a'), round: 1 })).toEqual(refused('poll.round_over'));
    expect(box({ round: 2 }).put('ann', { ...choose('a'), round: 2 })).toEqual(counted);
  });

  it('acknowledges a counted ballot again after the end, but not of an archived poll (POLL-13)', () => {
    const mine = known('ann', 'a');
    expect(box({ state: 'closed' }, mine).put('ann', choose('a'))).toEqual(repeated);
    expect(box({ endsAt: NOW.toISOString() }, mine).put('ann', choose('a'))).toEqual(repeated);
    expect(box({ state: 'closed' }, mine).put('ann', choose('b'))).toEqual(refused('poll.not_open'));
    expect(box({ state: 'archived' }, mine).put('ann', choose('a'))).toEqual(refused('poll.not_open'));
  });

  it('knows the polls that exist only', () => {
    expect(new BallotBatch(new Map(), [], NOW).put('ann', choose('a'))).toEqual(refused('not_found'));
  });
});

describe('a ballot', () => {
  it('of a single choice names one option (POLL-10)', () => {
    for (const choices of [[], ['a', 'b'], ['x'], ['a', 'a']])
      expect(box().put('ann', choose(...choices))).toEqual(refused('request.invalid', 'choices'));
    expect(box().put('ann', { ...choose('a'), rating: 1 })).toEqual(refused('request.invalid', 'rating'));
    expect(box().put('ann', { ...choose('a'), text: 'a' })).toEqual(refused('request.invalid', 'text'));
  });

  it('of a multiple choice keeps within the bounds, in any order (POLL-10)', () => {
    const poll = { type: 'multiple' as const, min: 2 };
    expect(box(poll).put('ann', choose('a'))).toEqual(refused('request.invalid', 'choices'));
    expect(box({ ...poll, max: 2 }).put('ann', choose('a', 'b', 'c'))).toEqual(refused('request.invalid', 'choices'));
    expect(box(poll).put('ann', choose('c', 'a', 'b'))).toEqual(counted);
    expect(box(poll, known('ann', 'a', 'b')).put('ann', choose('b', 'a'))).toEqual(repeated);
  });

  it('of a rating is one of its steps (POLL-10)', () => {
    const steps = { type: 'rating' as const, options: ['0', '1', '2'].map((text) => ({ id: `step ${text}`, text })) };
    const ballots = box(steps);
    expect(ballots.put('ann', { pollId: POLL_ID, rating: 0 })).toEqual(counted);
    expect(ballots.changes).toMatchObject([{ choices: ['step 0'] }]);
    expect(box(steps).put('ann', { pollId: POLL_ID, rating: 3 })).toEqual(refused('request.invalid', 'rating'));
    expect(box(steps).put('ann', { pollId: POLL_ID })).toEqual(refused('request.invalid', 'rating'));
    expect(box(steps).put('ann', choose('step 0'))).toEqual(refused('request.invalid', 'choices'));
  });
});
