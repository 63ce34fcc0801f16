import type { PlenumClient } from '#libs/client/client';
import { NO_DESK, type SessionFeed, type SessionFeedState } from '#libs/client/session-feed';
import type { Readable } from '#libs/client/store';

/** Frames change the page at most this often: often enough to feel live, rarely enough to read. */
export const FEED_OPTIONS = { pace: 200 };

export const NOTHING_YET: SessionFeedState = {
  status: 'joining',
  session: null,
  questions: [],
  polls: [],
  cues: [],
  viewers: 0,
  me: { votes: [], ballots: {}, own: [], questions: [] },
  view: 'audience',
  version: 0,
  serverOffset: 0,
  desk: NO_DESK,
};

/** The view follows the session by then at the latest, on slow phones too, in ms. */
const VIEW_WITHIN = 5_000;
let ahead: {
  readonly sessionId: string;
  readonly feed: SessionFeed;
  readonly timer: ReturnType<typeof setTimeout>;
} | null = null;

/** How many components follow a session. */
let followers = 0;

/** Joins a session while its view is being rendered, so that the response arrives meanwhile; the view takes it over. */
export function joinAhead(client: PlenumClient, sessionId: string, isDesk = false): void {
  if (followers > 0) return; // the view exists already, or the previous one still does
  dropAhead();
  const feed = client.session(sessionId, { ...FEED_OPTIONS, desk: isDesk });
  ahead = { sessionId, feed, timer: setTimeout(dropAhead, VIEW_WITHIN) };
}

function dropAhead(): void {
  if (!ahead) return;
  clearTimeout(ahead.timer);
  ahead.feed.leave();
  ahead = null;
}

/** The feed of a session for as long as a component follows it: joined with the first listener, left with the last. */
export class SessionWatch implements Readable<SessionFeedState> {
  #feed: SessionFeed | null = null;
  #listeners = 0;

  constructor(
    private readonly client: () => PlenumClient,
    private readonly sessionId: string,
    private readonly isDesk = false,
  ) {}

  readonly getSnapshot = () => this.#feed?.getSnapshot() ?? NOTHING_YET;

  readonly subscribe = (listener: () => void) => {
    const feed = (this.#feed ??= this.client().session(this.sessionId, { ...FEED_OPTIONS, desk: this.isDesk }));
    dropAhead();
    followers += 1;
    this.#listeners += 1;
    const stop = feed.subscribe(listener);
    return () => {
      stop();
      followers -= 1;
      this.#listeners -= 1;
      if (this.#listeners > 0) return;
      feed.leave();
      this.#feed = null;
    };
  };
}
