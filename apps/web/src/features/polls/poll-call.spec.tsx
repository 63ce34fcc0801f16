import { jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { Poll } from '#libs/contract/poll';
import { I18nextProvider } from 'react-i18next';
import { drafts } from '../../platform/drafts.js';
import { createFormat } from '../../i18n/format.js';
import { textsOf } from '../../testing/texts.js';
import { type LiveSession } from '../session/use-session.js';
import { FullScreenPoll, PollCall } from './poll-call.js';
import { pollToAnswer } from './poll-call-rules.js';
import { PollCard } from './poll-card.js';

const poll = (more: Partial<Poll> = {}): Poll => ({
  id: 'p',
  question: 'Where first?',
  type: 'single',
  state: 'open',
  options: ['Health', 'Schools'].map((text, n) => ({ id: `o${n}`, text })),
  results: 'on_close',
  published: false,
  changeable: true,
  round: 1,
  openedAt: '2026-03-17T10:00:00.000Z',
  ...more,
});

const liveWith = (polls: Poll[], more: object = {}) =>
  ({
    polls,
    me: { votes: [], ballots: {}, own: [], questions: [] },
    guests: 'open',
    serverOffset: 0,
    ...more,
  }) as unknown as LiveSession;

const format = createFormat('en', 'UTC');

async function show(element: React.ReactNode) {
  const i18n = await textsOf('en');
  const wrapped = (child: React.ReactNode) => <I18nextProvider i18n={i18n}>{child}</I18nextProvider>;
  const { rerender } = render(wrapped(element));
  return (next: React.ReactNode) => rerender(wrapped(next));
}

afterEach(() => {
  cleanup();
  drafts.clear();
});

describe('a poll that calls for an answer', () => {
  it('is the open one that came last, unless it was answered or put off in this round (WEB-107)', () => {
    const [old, late] = [poll({ id: 'old' }), poll({ id: 'late', openedAt: '2026-03-17T10:30:00.000Z' })];
    expect(pollToAnswer([late, old], {}, [])?.poll.id).toBe('late');
    expect(pollToAnswer([late, old], { late: { choices: ['o0'] } }, [])?.poll.id).toBe('old');
    expect(pollToAnswer([late, old], {}, ['late/1', 'old/1'])).toBeUndefined();
    expect(pollToAnswer([poll({ id: 'late', round: 2 })], {}, ['late/1'])?.poll.id).toBe('late');
    expect(pollToAnswer([poll({ state: 'closed' }), poll({ state: 'draft' })], {}, [])).toBeUndefined();
  });

  it('calls once more in its last seconds where it was put off, and not where it was answered (WEB-182)', () => {
    const closing = poll({ id: 'closing' });
    const call = (putOff: string[], ballots = {}) => pollToAnswer([closing], ballots, putOff, [closing]);
    expect(call([])).toEqual({ poll: closing, isLastCall: false });
    expect(call(['closing/1'])).toEqual({ poll: closing, isLastCall: true });
    expect(call(['closing/1', 'closing/1/closing'])).toBeUndefined();
    expect(call(['closing/1'], { closing: { choices: ['o0'] } })).toBeUndefined();
  });

  it('comes back by itself as one line that says when it closes, and goes for good when it is put off then (WEB-182)', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    try {
      const endsAt = new Date(Date.now() + 60_000).toISOString();
      await show(<FullScreenPoll live={liveWith([poll({ id: 'timed', endsAt })])} format={format} />);
      expect(screen.getByRole('timer').textContent).toBe('1:00 left');
      fireEvent.click(screen.getByRole('button', { name: 'Later' }));
      act(() => void jest.advanceTimersByTime(44_000));
      expect(screen.queryByRole('region', { name: 'New poll' })).toBeNull();
      act(() => void jest.advanceTimersByTime(1500));
      expect(screen.getByRole('timer').textContent).toBe('Closes in 0:15');
      fireEvent.click(screen.getByRole('button', { name: 'Later' }));
      act(() => void jest.advanceTimersByTime(5000));
      expect(screen.queryByRole('region', { name: 'New poll' })).toBeNull();
    } finally {
      jest.useRealTimers();
    }
  });

  it('is answered beside the picture in full screen, or put off (WEB-107)', async () => {
    const live = liveWith([poll({ id: 'full' })]);
    await show(<FullScreenPoll live={live} format={format} />);
    fireEvent.click(screen.getByRole('button', { name: 'Answer' }));
    expect(screen.getByRole('radio', { name: 'Health' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    fireEvent.click(screen.getByRole('button', { name: 'Later' }));
    expect(screen.queryByRole('region', { name: 'New poll' })).toBeNull();
  });

  it('has the words of its question in one line too, whole for those who listen or point at them (WEB-181)', async () => {
    const question = 'Where should public money go first, in the cities and in the country?';
    const call = { offset: 0, onAnswer: () => {}, onLater: () => {} };
    await show(<PollCall poll={poll({ question })} {...call} isCompact />);
    expect(screen.getByText(question).closest('p')?.title).toBe(question);
  });

  it('asks in the language of the page where it was translated (WEB-181)', async () => {
    const translations = { en: { question: 'Which city?', options: ['Ghent', 'Bruges'] } };
    await show(<FullScreenPoll live={liveWith([poll({ id: 'translated', translations })])} format={format} />);
    expect(screen.getByText('Which city?')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Answer' }));
    expect(screen.getByRole('radio', { name: 'Ghent' })).toBeTruthy();
  });

  it('does not call those who only watch (WEB-107, WEB-16)', async () => {
    await show(<FullScreenPoll live={liveWith([poll({ id: 'watched' })], { guests: 'watch_only' })} format={format} />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('a choice that was not sent when the poll closed', () => {
  it('is said to be not counted, and shown (WEB-108)', async () => {
    const again = await show(<PollCard poll={poll()} live={liveWith([poll()])} format={format} />);
    await act(async () => fireEvent.click(screen.getByRole('radio', { name: 'Schools' })));
    const closed = poll({ state: 'closed' });
    again(<PollCard poll={closed} live={liveWith([closed])} format={format} />);
    expect(screen.getByRole('status').textContent).toBe(
      'Your choice was not sent before the poll closed. It was not counted.Schools',
    );
  });

  it('is not mentioned where the same was counted (WEB-108)', async () => {
    const closed = poll({ state: 'closed' });
    drafts.set('ballot/p/1', ['o1']);
    const me = { votes: [], ballots: { p: { choices: ['o1'] } }, own: [], questions: [] };
    await show(<PollCard poll={closed} live={liveWith([closed], { me })} format={format} />);
    expect(screen.queryByRole('status')).toBeNull();
  });
});
