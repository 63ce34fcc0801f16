import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import type { Question, QuestionRevision } from '#libs/contract/question';
import { textsOf } from '../../testing/texts.js';
import { OwnRevision } from '../../features/questions/own-revision.js';
import type { LiveSession } from '../../features/session/use-session.js';
import { revised, Revisions } from './revisions.js';

const revision: QuestionRevision = { id: 'r', text: 'Who pays now?', at: '2026-03-16T09:30:00.000Z', state: 'pending' };
const question = { id: 'q', text: 'Who pays?', state: 'approved', author: { name: 'Ada' }, revision } as Question;

/** A session with these questions, and the requests that were made of it. */
function liveSession(questions: readonly Question[], revisions = {}) {
  const sent: unknown[] = [];
  const request = (name: string, payload: object) => Promise.resolve({ place: sent.push([name, payload]) });
  const client = { request };
  const act = (run: (feed: unknown, given: unknown) => unknown) => run(undefined, client);
  return { live: { questions, me: { revisions }, act } as unknown as LiveSession, sent };
}

async function show(content: React.ReactNode) {
  render(<I18nextProvider i18n={await textsOf('en')}>{content}</I18nextProvider>);
}

describe('new words of approved questions on the desk', () => {
  it('stand beside those that everybody sees, and are decided on by their id (WEB-131)', async () => {
    const { live, sent } = liveSession([question, { ...question, id: 'other', revision: undefined }]);
    await show(<Revisions live={live} />);
    const [item, ...more] = screen.getAllByTestId('revised-question');
    expect(more).toEqual([]);
    expect(item!.textContent).toMatch(/Who pays\?.*Who pays now\?.*Ada/);
    fireEvent.click(screen.getByRole('button', { name: 'Approve the new words' }));
    fireEvent.click(screen.getByRole('button', { name: 'Reject the new words' }));
    const payload = { questionId: 'q', revision: 'r' };
    await waitFor(() =>
      expect(sent).toEqual([
        ['question:review', { ...payload, decision: 'approve' }],
        ['question:review', { ...payload, decision: 'reject' }],
      ]),
    );
  });

  it('take no place where there are none, and stand with the oldest first (WEB-131)', async () => {
    await show(<Revisions live={liveSession([{ ...question, revision: { ...revision, state: 'rejected' } }]).live} />);
    expect(screen.queryByRole('heading')).toBeNull();
    const older = { ...question, id: 'older', revision: { ...revision, at: '2026-03-16T09:00:00.000Z' } };
    expect(revised([question, older]).map(({ id }) => id)).toEqual(['older', 'q']);
  });
});

describe('new words of an own question', () => {
  it('are read by the author with their state and reason (WEB-131)', async () => {
    const refused = { ...revision, state: 'rejected', reason: 'Too rude' };
    await show(<OwnRevision question={question} live={liveSession([question], { q: refused }).live} />);
    for (const text of ['New words, not accepted', 'Who pays now?', 'Too rude']) screen.getByText(text);
  });

  it('are shown to nobody else (WEB-131)', async () => {
    await show(<OwnRevision question={question} live={liveSession([question]).live} />);
    expect(document.body.textContent).toBe('');
  });
});
