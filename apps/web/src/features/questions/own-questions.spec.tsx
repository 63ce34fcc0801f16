import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { Question } from '#libs/contract/question';
import { I18nextProvider } from 'react-i18next';
import { drafts } from '../../platform/drafts.js';
import { createFormat } from '../../i18n/format.js';
import { textsOf } from '../../testing/texts.js';
import { type LiveSession } from '../session/use-session.js';
import { OwnQuestions } from './own-questions.js';

const own = (n: number, state: Question['state'] = 'pending') =>
  ({
    id: `q${n}`,
    text: `Question ${n}?`,
    state,
    score: 1,
    anonymous: true,
    language: 'fr',
    author: null,
    askedAt: '2026-11-25T10:00:00.000Z',
  }) as unknown as Question;

async function show(questions: Question[], { sought = null as string | null, qa = 'open' } = {}) {
  const asked: object[] = [];
  const feed = {
    ask: async (question: object) => {
      asked.push(question);
      return { ...question, state: 'pending' };
    },
  };
  const live = {
    guests: 'open',
    me: { votes: [], ballots: {}, own: [], questions: [] },
    session: { qa },
    act: (run: (given: unknown) => unknown) => run(feed),
  } as unknown as LiveSession;
  const i18n = await textsOf('en');
  render(
    <I18nextProvider i18n={i18n}>
      <OwnQuestions questions={questions} live={live} format={createFormat('en', 'UTC')} sought={sought} />
    </I18nextProvider>,
  );
  return asked;
}

const shown = () => screen.getAllByText(/^Question \d\?$/).map(({ textContent }) => textContent);

// jsdom has no dialogs of its own.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false;
  };
});

afterEach(() => {
  cleanup();
  drafts.clear();
});

describe('own questions that the others do not see', () => {
  it('fold after two, and unfold on request (WEB-106)', async () => {
    await show([own(1), own(2), own(3), own(4)]);
    expect(shown()).toEqual(['Question 1?', 'Question 2?']);
    fireEvent.click(screen.getByRole('button', { name: 'Show 2 more of your questions' }));
    expect(shown()).toHaveLength(4);
  });

  it('do not collapse the one that a link pointed to (WEB-106)', async () => {
    await show([own(1), own(2), own(3)], { sought: 'q3' });
    expect(shown()).toHaveLength(3);
  });

  it('can be worded in another way when they were not accepted, and go as new ones, as anonymous as before (WEB-106)', async () => {
    const asked = await show([own(1, 'rejected')]);
    fireEvent.click(screen.getByRole('button', { name: 'Reword and send again' }));
    const send = screen.getByRole('button', { name: 'Send as a new question', hidden: true });
    await act(async () => fireEvent.click(send));
    expect(asked).toEqual([]); // the same words were not accepted
    fireEvent.change(screen.getByRole('textbox', { hidden: true }), { target: { value: ' Other words? ' } });
    await act(async () => fireEvent.click(send));
    expect(asked).toEqual([
      { id: expect.not.stringMatching('q1'), text: 'Other words?', anonymous: true, language: 'fr' },
    ]);
    expect(screen.queryByRole('button', { name: 'Reword and send again' })).toBeNull();
  });

  it('cannot be sent again where no questions are taken (WEB-106)', async () => {
    await show([own(1, 'rejected')], { qa: 'closed' });
    expect(screen.queryByRole('button', { name: 'Reword and send again' })).toBeNull();
  });
});
