import type { Cue } from '#libs/contract/cue';
import type { DeskPerson, Restricted, SessionDesk } from '#libs/contract/desk';
import type { ActorNotice, Frame, Mine, SessionJoined } from '#libs/contract/feed';
import type { Ballot, Poll } from '#libs/contract/poll';
import type { Session } from '#libs/contract/programme';
import type { Question } from '#libs/contract/question';
import type { RequestInput, RequestResult } from '#libs/contract/socket';
import { type RequestOptions } from './deadline.js';
import { type FeedClient } from './feed-client.js';
import { OwnReplica } from './own.js';
import { Replication } from './replication.js';
import { closedError, type RequestError } from './request-error.js';
import { type Readable, Store } from './store.js';

/** A session as one person sees it now. `session` is null until the first join is answered. */
export interface SessionFeedState {
  readonly status: 'joining' | 'live' | 'reconnecting' | 'refused';
  readonly error?: RequestError;
  readonly session: Session | null;
  /** As the feed brings them, not ranked: see rankQuestions. */
  readonly questions: readonly Question[];
  readonly polls: readonly Poll[];
  /** Silent messages to the speakers; none for the audience. */
  readonly cues: readonly Cue[];
  readonly viewers: number;
  /** Own votes, ballots and unlisted questions; votes and ballots are shown at once and rolled back when refused. */
  readonly me: Mine;
  readonly view: SessionJoined['view'];
  readonly version: number;
  /** Milliseconds to add to this machine's clock for the server's; off by one network latency at most. */
  readonly serverOffset: number;
  /** For a feed that joined as a moderator's desk. */
  readonly desk: DeskState;
}

export interface DeskState {
  /** Who else has the session's desk open. */
  readonly others: readonly DeskPerson[];
  /** Mutes and bans in force in the session's event. */
  readonly restricted: readonly Restricted[];
}

export const NO_DESK: DeskState = { others: [], restricted: [] };

export interface SessionFeedOptions {
  /** At least this many milliseconds between two changes that frames cause; 0 reports each. Own actions are always shown at once. */
  readonly pace?: number;
  /** Whether this is a moderator's desk: the other desks of the session show its person. */
  readonly desk?: boolean;
}

type Key = keyof SessionFeedState;
const KEYS: readonly Key[] = [
  'status',
  'error',
  'session',
  'questions',
  'polls',
  'cues',
  'viewers',
  'me',
  'view',
  'version',
  'serverOffset',
  'desk',
];
const EMPTY = { session: null, questions: [], polls: [], cues: [], viewers: 0, version: 0 };

/** One person's view of a session, kept up to date while it is in use. */
export class SessionFeed implements Readable<SessionFeedState> {
  readonly #line: FeedClient;
  readonly #onLeave: () => boolean;
  readonly #pace: number;
  readonly #own = new OwnReplica();
  readonly #replication: Replication;
  readonly #store: Store<SessionFeedState>;
  #stop = () => {};
  #paced: ReturnType<typeof setTimeout> | undefined;
  #toldAt = 0;
  #now: Pick<SessionFeedState, 'status' | 'error' | 'view' | 'serverOffset' | 'desk'> = {
    status: 'joining',
    view: 'audience',
    serverOffset: 0,
    desk: NO_DESK,
  };

  /** PlenumClient.session makes these. `onLeave` returns whether nobody uses this feed any more. */
  constructor(
    readonly sessionId: string,
    line: FeedClient,
    onLeave: () => boolean,
    { pace = 0, desk = false }: SessionFeedOptions = {},
  ) {
    this.#line = line;
    this.#onLeave = onLeave;
    this.#pace = pace;
    const listener = {
      joining: () => this.#own.asked(),
      joined: (answer: SessionJoined) => this.#joined(answer),
      refused: (error: RequestError) => this.#refused(error),
    };
    this.#replication = new Replication(sessionId, line, listener, desk);
    this.#store = new Store(this.#state());
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** Subscribes to the connection. */
  start() {
    this.#stop = this.#line.connection.subscribe(() => this.#follow());
    this.#follow();
  }

  /** Releases this feed for one user; after the last one it is closed. */
  leave() {
    if (!this.#onLeave()) return;
    this.#stop();
    this.#replication.stop();
    clearTimeout(this.#paced);
  }

  /** A frame from the server. */
  receive(frame: Frame) {
    const before = this.#replication.replica;
    this.#replication.receive(frame);
    this.#own.forgetOldRounds(before?.polls ?? [], this.#replication.replica?.polls ?? []);
    this.#settleQuestions(frame.questions);
    this.#tellPaced();
  }

  /** A message for desks; a list that is missing has not changed. */
  receiveDesk({ others = this.#now.desk.others, restricted = this.#now.desk.restricted }: SessionDesk) {
    this.#now = { ...this.#now, desk: { others, restricted } };
    this.#tell();
  }

  /** A notice for this actor. A changed role changes what may be seen, so all earlier state is dropped. */
  notice(notice: ActorNotice) {
    if (notice.kind === 'question' && notice.sessionId === this.sessionId) this.#learnQuestion(notice.question);
    if (notice.kind === 'role' && (notice.sessionId ?? this.sessionId) === this.sessionId) {
      this.#now = { ...this.#now, status: 'joining', error: undefined, desk: NO_DESK };
      this.#replication.joinAnew();
      this.#tell();
    }
  }

  /** Sets or removes the vote for a question. */
  async vote(questionId: string, value: boolean, options?: RequestOptions): Promise<RequestResult<'question:vote'>> {
    this.#own.wishVote(questionId, value);
    this.#tell();
    try {
      const voted = await this.#line.vote(questionId, value, options);
      this.#own.learnVote(questionId, voted.value);
      return voted;
    } finally {
      this.#own.dropVote(questionId, value);
      this.#tell();
    }
  }

  /** Gives a ballot, or changes it where the poll allows. */
  async answer(pollId: string, ballot: Ballot, options?: RequestOptions): Promise<RequestResult<'poll:answer'>> {
    const round = this.#replication.replica?.polls.find(({ id }) => id === pollId)?.round;
    this.#own.wishBallot(pollId, ballot);
    this.#tell();
    try {
      const answered = await this.#line.answer({ pollId, ...ballot, ...(round && { round }) }, options);
      this.#own.learnBallot(pollId, ballot);
      this.#replication.receivePoll(answered);
      return answered;
    } finally {
      this.#own.dropBallot(pollId, ballot);
      this.#tell();
    }
  }

  /** Asks a question; the caller makes its id once (newId), so that asking again after a failure creates no second one. */
  async ask(draft: Omit<RequestInput<'question:ask'>, 'sessionId'>, options?: RequestOptions): Promise<Question> {
    const question = await this.#line.request('question:ask', { ...draft, sessionId: this.sessionId }, options);
    this.#own.learnVote(question.id, true);
    return this.#learnQuestion(question);
  }

  async edit(questionId: string, text: string, options?: RequestOptions): Promise<Question> {
    return this.#learnQuestion(await this.#line.request('question:edit', { questionId, text }, options));
  }

  async withdraw(questionId: string, options?: RequestOptions): Promise<Question> {
    return this.#learnQuestion(await this.#line.request('question:withdraw', { questionId }, options));
  }

  #follow() {
    const connection = this.#line.connection.getSnapshot();
    const status = this.#replication.replica ? 'reconnecting' : 'joining';
    const isOver = connection.status === 'closed' && connection.reason !== 'idle';
    if (connection.status === 'connected') void this.#replication.join();
    else if (isOver) this.#now = { ...this.#now, status: 'refused', error: closedError(connection.reason) };
    else this.#now = { ...this.#now, status, error: undefined };
    this.#tell();
  }

  #joined({ me, view, serverTime }: SessionJoined) {
    this.#own.replace(me);
    this.#settleQuestions();
    const status = this.#replication.replica ? 'live' : 'joining';
    const desk = view === 'moderator' ? this.#now.desk : NO_DESK;
    this.#now = { status, view, serverOffset: Date.parse(serverTime) - Date.now(), desk };
    this.#tell();
  }

  #refused(error: RequestError) {
    this.#now = { ...this.#now, status: 'refused', error };
    this.#tell();
  }

  #learnQuestion(question: Question): Question {
    this.#own.learnQuestion(question);
    this.#settleQuestions();
    this.#tell();
    return question;
  }

  #settleQuestions(framed?: readonly Question[]) {
    this.#own.settleQuestions(this.#replication.replica?.questions ?? [], framed);
  }

  #tellPaced() {
    const wait = this.#toldAt + this.#pace - Date.now();
    if (this.#pace === 0 || wait <= 0) return this.#tell();
    this.#paced ??= setTimeout(() => this.#tell(), wait);
  }

  #tell() {
    clearTimeout(this.#paced);
    this.#paced = undefined;
    this.#toldAt = Date.now();
    const [before, after] = [this.#store.getSnapshot(), this.#state()];
    if (KEYS.some((key) => before[key] !== after[key])) this.#store.set(after);
  }

  #state(): SessionFeedState {
    const { session, questions, polls, cues, viewers, version } = this.#replication.replica ?? EMPTY;
    return { ...this.#now, session, questions, polls, cues, viewers, version, me: this.#own.mine };
  }
}
