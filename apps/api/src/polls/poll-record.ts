import { type Poll, type Tally } from '#libs/contract/poll';
import { type FeedRecord } from '../feed/feed-kind.js';

/** A poll with everything in it, as decisions are made on it and as nodes tell each other; see the presenter for what is seen. */
export interface PollRecord extends FeedRecord {
  readonly poll: Omit<Poll, 'tally'>;
  /** Of the current round. */
  readonly tally: Tally;
  /** Whether any round has a ballot. */
  readonly isAnswered: boolean;
}

/** Where a poll is; it never moves. */
export interface PollPlace {
  readonly sessionId: string;
  readonly eventId: string;
}
