import type { Question } from '#libs/contract/question';
import type { RequestInput } from '#libs/contract/socket';
import type { RequestOptions } from './deadline.js';
import { newId } from './new-id.js';
import { RequestError } from './request-error.js';
import type { SessionFeed } from './session-feed.js';

/** A question with the id under which it is asked. */
export type SentQuestion = Omit<RequestInput<'question:ask'>, 'sessionId'>;

export interface SendQuestionOptions extends RequestOptions {
  /** What was sent before without an ack; its id is used again. */
  readonly before?: SentQuestion | undefined;
  /** Called before each attempt under another id or with another content: what to give as `before` after a failure. */
  readonly onSending: (question: SentQuestion) => void;
}

type Feed = Pick<SessionFeed, 'ask' | 'edit' | 'withdraw'>;

/** The codes that say that the question of the earlier attempt does not exist. */
const GONE: readonly string[] = ['not_found', 'forbidden', 'question.not_editable'];

/**
 * Asks a question, also where an earlier attempt with another text was never acknowledged. Where that attempt did arrive, the server
 * returns `conflict`: then the text is edited, or the question is withdrawn and asked again where more than the text changed. Rejects
 * with RequestError.
 */
export async function sendQuestion(
  feed: Feed,
  content: Omit<SentQuestion, 'id'>,
  { before, onSending, ...options }: SendQuestionOptions,
): Promise<Question> {
  const ask = (id: string) => {
    const sent = { ...content, id };
    onSending(sent);
    return feed.ask(sent, options);
  };
  if (!before) return ask(newId());
  try {
    return await ask(before.id);
  } catch (error) {
    if (!isRefusedWith(error, ['conflict'])) throw error;
    return (await changed(feed, content, before, options)) ?? ask(newId());
  }
}

/** The question of the earlier attempt with its new text; undefined where it has to be asked again. */
async function changed(
  feed: Feed,
  content: Omit<SentQuestion, 'id'>,
  before: SentQuestion,
  options: RequestOptions,
): Promise<Question | undefined> {
  // Not for anonymous ones: it is unknown which of several attempts arrived, and an edit cannot remove the name.
  const isOnlyWords = !before.anonymous && !content.anonymous && before.language === content.language;
  try {
    if (isOnlyWords) return await feed.edit(before.id, content.text, options);
    await feed.withdraw(before.id, options);
  } catch (error) {
    if (!isRefusedWith(error, GONE)) throw error;
  }
  return undefined;
}

function isRefusedWith(error: unknown, codes: readonly string[]): boolean {
  return error instanceof RequestError && codes.includes(error.code);
}
