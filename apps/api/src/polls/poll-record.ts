import { type Poll, type Tally } from '#libs/contract/poll';
import { type FeedRecord } from '../feed/feed-kind.js';

/** A poll with all its fields, as it is used for decisions and sent between nodes; see the presenter for what is visible. */
export interface PollRecord extends FeedRecord {
  readonly poll: Omit<Poll, 'tally'>;
  /** Of the current round. */
  readonly tally: Tally;
  /** Whether any round has a ballot. */
  readonly isAnswered: boolean;
}

/** The session and event of a poll; they never change. */
export interface PollScope {
  readonly sessionId: string;
  readonly eventId: string;
}
