import { RequestError } from './request-error.js';
import { createPoll } from './save-poll.js';

const poll = {
  id: 'p',
  sessionId: 's',
  question: 'Where?',
  type: 'single',
  options: ['Ghent', 'Liège'],
  results: 'live',
  changeable: true,
} as const;

/** A client that refuses the creation with this error; returns what was sent. */
function refusing(error: RequestError) {
  const sent: unknown[] = [];
  const request = async (name: string, payload: object) => {
    sent.push([name, payload]);
    if (name === 'poll:create') throw error;
    return { poll: payload };
  };
  return { sent, line: { request } as unknown as Parameters<typeof createPoll>[0] };
}

describe('saving a new poll again (POLL-30)', () => {
  it('changes the one that an unanswered attempt made', async () => {
    const { sent, line } = refusing(new RequestError({ code: 'conflict', field: 'id', message: 'taken' }));
    await createPoll(line, { ...poll, options: [...poll.options] });
    const { id: pollId, sessionId: _, ...content } = poll;
    expect(sent[1]).toEqual(['poll:update', { pollId, ...content }]);
  });

  it('tells every other refusal, such as one poll too many', async () => {
    const { sent, line } = refusing(new RequestError({ code: 'conflict', message: 'at most 200' }));
    await expect(createPoll(line, { ...poll, options: [...poll.options] })).rejects.toMatchObject({ code: 'conflict' });
    expect(sent).toHaveLength(1);
  });
});
