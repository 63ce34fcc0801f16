import type { RequestInput, RequestResult } from '#libs/contract/socket';
import type { FeedClient } from './feed-client.js';
import { RequestError } from './request-error.js';

type PollInput = RequestInput<'poll:create'>;
type Saved = RequestResult<'poll:create'>;

/** Creates a poll; where an unanswered attempt created it with another content, changes it. Rejects with RequestError. */
export async function createPoll(line: Pick<FeedClient, 'request'>, poll: PollInput): Promise<Saved> {
  try {
    return await line.request('poll:create', poll);
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== 'conflict' || error.field !== 'id') throw error;
    return updatePoll(line, poll);
  }
}

/** Changes everything of a poll that exists. Rejects with RequestError. */
export function updatePoll(
  line: Pick<FeedClient, 'request'>,
  { id, sessionId: _, ...content }: PollInput,
): Promise<Saved> {
  return line.request('poll:update', { pollId: id, ...content });
}
