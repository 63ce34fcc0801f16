import type { Question } from '#libs/contract/question';
import { aQuestion } from '../../test/support/records/feed-shapes.js';
import { RequestError } from './request-error.js';
import { sendQuestion, type SentQuestion } from './send-question.js';

const refused = (code: 'conflict' | 'unreachable' | 'question.not_editable' | 'question.closed') =>
  new RequestError({ code, message: code });

/** A feed that records its requests; each kind of request ends as the test defines, in order, and then succeeds. */
function feed(refusals: Partial<Record<'ask' | 'edit' | 'withdraw', (RequestError | null)[]>> = {}) {
  const sent: string[] = [];
  const end = async (kind: keyof typeof refusals, id: string, text = ''): Promise<Question> => {
    sent.push(`${kind} ${id} ${text}`.trim());
    const refusal = refusals[kind]?.shift();
    if (refusal) throw refusal;
    return aQuestion({ id, text });
  };
  return {
    sent,
    ask: ({ id, text }: SentQuestion) => end('ask', id, text),
    edit: (id: string, text: string) => end('edit', id, text),
    withdraw: (id: string) => end('withdraw', id),
  };
}

const before = { id: 'first', text: 'Who pay', anonymous: false, language: 'en' };
const content = { text: 'Who pays?', anonymous: false, language: 'en' };

/** Sends after an unanswered attempt; returns what was sent and the resulting id. */
async function sendAfter(earlier: SentQuestion, refusals: Parameters<typeof feed>[0], wanted = content) {
  const line = feed(refusals);
  const ids: string[] = [];
  const question = await sendQuestion(line, wanted, { before: earlier, onSending: ({ id }) => ids.push(id) });
  return { sent: line.sent, ids, question };
}

describe('sending a question again (QUE-40)', () => {
  it('uses the id of the attempt that was never answered', async () => {
    expect((await sendAfter(before, {})).sent).toEqual(['ask first Who pays?']);
  });

  it('changes the words of the one that did arrive', async () => {
    const { sent, question } = await sendAfter(before, { ask: [refused('conflict')] });
    expect(sent).toEqual(['ask first Who pays?', 'edit first Who pays?']);
    expect(question.text).toBe('Who pays?');
  });

  it('withdraws it and asks again where it must not have the name', async () => {
    const hidden = { ...content, anonymous: true };
    const { sent, ids } = await sendAfter(before, { ask: [refused('conflict')] }, hidden);
    expect(ids[0]).toBe('first');
    expect(ids[1]).not.toBe('first');
    expect(sent).toEqual(['ask first Who pays?', 'withdraw first', `ask ${ids[1]} Who pays?`]);
  });

  it('asks again where the one that arrived cannot be changed any more', async () => {
    const { sent, ids } = await sendAfter(before, {
      ask: [refused('conflict')],
      edit: [refused('question.not_editable')],
    });
    expect(sent.at(-1)).toBe(`ask ${ids[1]} Who pays?`);
  });

  it('asks nothing again while it is unknown whether the text was changed', async () => {
    const line = feed({ ask: [refused('conflict')], edit: [refused('unreachable')] });
    const sending = sendQuestion(line, content, { before, onSending: () => undefined });
    await expect(sending).rejects.toMatchObject({ code: 'unreachable' });
    expect(line.sent).toHaveLength(2);
  });

  it('tells the id before anything is sent, and every refusal', async () => {
    const line = feed({ ask: [refused('question.closed')] });
    const ids: string[] = [];
    const sending = sendQuestion(line, content, { onSending: ({ id }) => ids.push(id) });
    await expect(sending).rejects.toMatchObject({ code: 'question.closed' });
    expect(line.sent).toEqual([`ask ${ids[0]} Who pays?`]);
  });
});
