import { act, fireEvent, render, screen } from '@testing-library/react';
import type { GuestsMode } from '#libs/domain/event-modes';
import type { Question } from '#libs/contract/question';
import { I18nextProvider } from 'react-i18next';
import { createFormat } from '../../i18n/format.js';
import { textsOf } from '../../testing/texts.js';
import { type LiveSession } from '../session/use-session.js';
import { OwnQuestion } from './own-question.js';

const question = {
  id: 'q',
  text: 'Who pays?',
  state: 'pending',
  score: 1,
  author: null,
  askedAt: '2026-11-25T10:00:00.000Z',
} as unknown as Question;

async function show(guests: GuestsMode) {
  const withdrawn: string[] = [];
  const feed = { withdraw: async (id: string) => void withdrawn.push(id) };
  const live = {
    guests,
    me: { votes: [], ballots: {}, own: [], questions: [] },
    session: { qa: 'open' },
    act: (run: (given: unknown) => unknown) => run(feed),
  } as unknown as LiveSession;
  const i18n = await textsOf('en');
  render(
    <I18nextProvider i18n={i18n}>
      <OwnQuestion question={question} live={live} format={createFormat('en', 'UTC')} />
    </I18nextProvider>,
  );
  return withdrawn;
}

it('can be taken back, and not changed, where guests only watch (AUTH-25)', async () => {
  const withdrawn = await show('watch_only');
  const buttons = screen.getAllByRole('button').map(({ textContent }) => textContent);
  expect(buttons).toEqual(['Withdraw the question']);
  await act(async () => fireEvent.click(screen.getByRole('button')));
  expect(withdrawn).toEqual(['q']);
});

it('can be changed elsewhere (AUTH-25)', async () => {
  await show('open');
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Change']);
});
