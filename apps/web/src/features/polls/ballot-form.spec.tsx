import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import type { Ballot, Poll } from '#libs/contract/poll';
import { drafts } from '../../platform/drafts.js';
import { textsOf } from '../../testing/texts.js';
import { type LiveSession } from '../session/use-session.js';
import { BallotForm } from './ballot-form.js';

const poll: Poll = {
  id: 'p',
  question: 'Which two skills?',
  type: 'multiple',
  state: 'open',
  min: 1,
  max: 2,
  options: ['Sources', 'Code', 'Questions'].map((text, index) => ({ id: `o${index}`, text })),
  results: 'on_close',
  published: false,
  changeable: true,
  round: 1,
};

async function show(language = 'en') {
  const ballots: Ballot[] = [];
  const feed = { answer: (_id: string, ballot: Ballot) => Promise.resolve(ballots.push(ballot)) };
  const live = { act: (run: (given: unknown) => unknown) => run(feed) } as unknown as LiveSession;
  const i18n = await textsOf(language);
  let isDone = false;
  render(
    <I18nextProvider i18n={i18n}>
      <BallotForm poll={poll} live={live} chosen={[]} onDone={() => (isDone = true)} />
    </I18nextProvider>,
  );
  return { ballots, isDone: () => isDone };
}

afterEach(() => {
  cleanup();
  drafts.clear();
});

describe('the form of a poll', () => {
  it('has what was ticked after it was away, and nothing of it once it was sent (WEB-62, WEB-63)', async () => {
    const ticked = () => screen.getByRole<HTMLInputElement>('checkbox', { name: 'Code' }).checked;
    await show();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Code' }));
    cleanup();
    await show();
    expect(ticked()).toBe(true);
    await act(async () => fireEvent.submit(screen.getByRole('button', { name: 'Send my answer' }).closest('form')!));
    cleanup();
    await show();
    expect(ticked()).toBe(false);
  });

  it('sends nothing before enough is chosen, and then the ballot once (WEB-9)', async () => {
    const { ballots, isDone } = await show();
    const send = screen.getByRole('button', { name: 'Send my answer' });
    await act(async () => fireEvent.submit(send.closest('form')!));
    expect(ballots).toEqual([]);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Code' }));
    await act(async () => fireEvent.submit(send.closest('form')!));
    expect(ballots).toEqual([{ choices: ['o1'] }]);
    expect(isDone()).toBe(true);
  });

  it('says how many are wanted, and refuses more (WEB-9)', async () => {
    const { ballots } = await show();
    expect(screen.getByText('Choose 1 to 2.')).toBeTruthy();
    for (const box of screen.getAllByRole('checkbox')) fireEvent.click(box);
    await act(async () => fireEvent.submit(screen.getByRole('button', { name: 'Send my answer' }).closest('form')!));
    expect(ballots).toEqual([]);
    expect(screen.getByRole('alert').textContent).toBe('Choose 1 to 2.');
  });
});
