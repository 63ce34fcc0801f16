import { type Poll } from '#libs/contract/poll';
import { isResultPublic } from '#libs/domain/poll-result';
import { isPollShown } from '#libs/domain/poll-states';
import { ballotKey, type View } from '../feed/feed-kind.js';
import { type PollRecord } from './poll-record.js';

/** A poll in a view; null when it may not be seen at all. The only conversion for frames, snapshots and acks (G7). */
export function presentPoll({ poll, tally }: PollRecord, view: Pick<View, 'audience' | 'votedIn'>): Poll | null {
  if (view.audience !== 'audience') return { ...poll, tally };
  if (!isPollShown(poll.state)) return null;
  return isTallyShown(poll, view.votedIn) ? { ...poll, tally } : poll;
}

/** A poll as its moderators see it: all fields. */
export function presentToModerator({ poll, tally }: PollRecord): Poll {
  return { ...poll, tally };
}

function isTallyShown(poll: PollRecord['poll'], votedIn: readonly string[]): boolean {
  return isResultPublic(poll) || (poll.results === 'after_vote' && votedIn.includes(ballotKey(poll.id, poll.round)));
}
