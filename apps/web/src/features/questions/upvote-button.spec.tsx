import { act, fireEvent, render, screen } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { RequestError } from '#libs/client/request-error';
import { textsOf } from '../../testing/texts.js';
import { type LiveSession } from '../session/use-session.js';
import { UpvoteButton } from './upvote-button.js';

const nobody = { votes: [], ballots: {}, own: [], questions: [] };

/** A session whose votes the test acknowledges. */
function liveSession(votes: string[] = []) {
  const sent: boolean[] = [];
  let settle: { resolve: (score: number) => void; reject: (error: Error) => void } | undefined;
  const feed = {
    vote: (_id: string, value: boolean) => {
      sent.push(value);
      return new Promise((resolve, reject) => {
        settle = { resolve: (score) => resolve({ score, version: 1, duplicate: false }), reject };
      });
    },
  };
  const live = {
    me: { ...nobody, votes },
    guests: 'open',
    act: (run: (given: unknown) => unknown) => run(feed),
  } as unknown as LiveSession;
  return { live, sent, answer: () => settle! };
}

async function show(live: LiveSession, isOwn = false) {
  await put(live, isOwn);
  return screen.getByRole('button');
}

async function put(live: LiveSession, isOwn = false) {
  const i18n = await textsOf('en');
  render(
    <I18nextProvider i18n={i18n}>
      <UpvoteButton question={{ id: 'q', score: 4, text: 'Who pays?' }} live={live} isOwn={isOwn} />
    </I18nextProvider>,
  );
}

describe('the upvote button', () => {
  it('is a number to read where guests only watch (WEB-16)', async () => {
    const { live } = liveSession();
    await put({ ...live, guests: 'watch_only' });
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByTitle('4 votes').textContent).toBe('4');
  });

  it('names its question, so that the buttons of a list can be distinguished (WEB-111)', async () => {
    const { live } = liveSession();
    const button = await show(live);
    expect(button.getAttribute('aria-label')).toBe('Support this question, 4 votes: Who pays?');
  });

  it('shows the vote before it is acknowledged, and then the acknowledged score (WEB-8)', async () => {
    const { live, answer } = liveSession();
    const button = await show(live);
    await act(async () => fireEvent.click(button));
    expect(button.textContent).toBe('5');
    await act(async () => answer().resolve(9));
    expect(button.textContent).toBe('9');
  });

  it('takes the vote back when it is refused (WEB-8)', async () => {
    const { live, answer } = liveSession();
    const button = await show(live);
    await act(async () => fireEvent.click(button));
    await act(async () => answer().reject(new RequestError({ code: 'question.not_votable', message: '' })));
    expect(button.textContent).toBe('4');
  });

  it('sets a vote or takes it back, by what is pressed (WEB-8)', async () => {
    const { live, sent } = liveSession(['q']);
    const button = await show(live);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    await act(async () => fireEvent.click(button));
    expect(sent).toEqual([false]);
  });

  it('stays as it is on an own question, and says why (WEB-8)', async () => {
    const { live, sent } = liveSession();
    const button = await show(live, true);
    await act(async () => fireEvent.click(button));
    expect(sent).toEqual([]);
    expect(button.getAttribute('aria-label')).toContain('your support counts already');
  });
});
