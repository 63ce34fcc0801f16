import type { ActorNotice, Frame, Mine, SessionJoined } from '#libs/contract/feed';
import type { Ballot, Poll } from '#libs/contract/poll';
import type { Session } from '#libs/contract/programme';
import type { Question } from '#libs/contract/question';
import type { RequestInput, RequestName, RequestResult } from '#libs/contract/socket';
import { retryDelay } from './backoff.js';
import { type ConnectionState } from './connection.js';
import { type RequestOptions } from './deadline.js';
import { Own } from './own.js';
import { closedError, RequestError } from './request-error.js';
import { applyFrame, applyPoll, fromSnapshot, type Replica } from './session-replica.js';
import { type Readable, Store } from './store.js';

/** A session as one person sees it now. `session` is null until the first join is answered. */
export interface SessionState {
  readonly status: 'joining' | 'live' | 'reconnecting' | 'refused';
  readonly error?: RequestError;
  readonly session: Session | null;
  /** As the feed brings them, not ranked: see rankQuestions. */
  readonly questions: readonly Question[];
  readonly polls: readonly Poll[];
  readonly viewers: number;
  /** Own votes, ballots and unlisted questions; votes and ballots show at once and are taken back when refused. */
  readonly me: Mine;
  readonly view: SessionJoined['view'];
  readonly version: number;
  /** Milliseconds to add to this machine's clock for the server's; off by one network latency at most. */
  readonly serverOffset: number;
}

export interface SessionFeedOptions {
  /** At least this many milliseconds between two changes that frames cause; 0 tells each. Own acts always show at once. */
  readonly pace?: number;
}

/** What a feed needs of the client. */
interface Line {
  readonly connection: Readable<ConnectionState>;
  request<N extends RequestName>(
    name: N,
    payload: RequestInput<N>,
    options?: RequestOptions,
  ): Promise<RequestResult<N>>;
  vote(
    questionId: string,
    value: boolean,
    options?: RequestOptions,
  ): Promise<RequestResult<'question:vote'> & { value: boolean }>;
  answer(payload: RequestInput<'poll:answer'>, options?: RequestOptions): Promise<RequestResult<'poll:answer'>>;
}

interface Home {
  readonly client: Line;
  /** Answers whether nobody uses this feed any more. */
  readonly onLeave: () => boolean;
}

/** Frames kept while a join is on its way; more are lost, which the version rule notices. */
const MOST_EARLY = 1_000;

const KEYS = [
  'status',
  'error',
  'session',
  'questions',
  'polls',
  'viewers',
  'me',
  'view',
  'version',
  'serverOffset',
] as const;

/** Keeps a replica of one session up to date for as long as somebody watches it. */
export class SessionFeed implements Readable<SessionState> {
  readonly #home: Home;
  readonly #pace: number;
  readonly #own = new Own();
  readonly #store: Store<SessionState>;
  #replica: Replica | null = null;
  #early: Frame[] = [];
  /** The replica lacks what this actor may see by now, so the next join asks for everything. */
  #isStale = false;
  #join: AbortController | null = null;
  #holes = 0;
  #resync: ReturnType<typeof setTimeout> | undefined;
  #paced: ReturnType<typeof setTimeout> | undefined;
  #toldAt = 0;
  #stop = () => {};
  #now: Pick<SessionState, 'status' | 'error' | 'view' | 'serverOffset'> = {
    status: 'joining',
    view: 'audience',
    serverOffset: 0,
  };

  constructor(
    readonly sessionId: string,
    home: Home,
    { pace = 0 }: SessionFeedOptions = {},
  ) {
    this.#home = home;
    this.#pace = pace;
    this.#store = new Store(this.#state());
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** Begins to follow the connection; PlenumClient.session calls it. */
  start() {
    this.#stop = this.#home.client.connection.subscribe(() => this.#follow());
    this.#follow();
  }

  /** Says that one user of this feed is done with it; after the last one it is over. */
  leave() {
    if (!this.#home.onLeave()) return;
    this.#stop();
    this.#join?.abort();
    clearTimeout(this.#resync);
    clearTimeout(this.#paced);
  }

  /** A frame from the server. Those that come while a join is on its way are kept too: its answer may be older. */
  receive(frame: Frame) {
    const before = this.#replica?.polls ?? [];
    if (!this.#take(frame) || this.#join) this.#keep(frame);
    if (!this.#join) this.#drain();
    this.#own.forgetOldRounds(before, this.#replica?.polls ?? []);
    this.#own.settleQuestions(this.#replica?.questions ?? []);
    this.#tellPaced();
  }

  /** What the server tells this actor alone. A changed role changes what may be seen, so nothing seen before is kept. */
  notice(notice: ActorNotice) {
    if (notice.kind === 'question' && notice.sessionId === this.sessionId) {
      this.#own.learnQuestion(notice.question);
      this.#tell();
    }
    if (notice.kind === 'role' && (notice.sessionId ?? this.sessionId) === this.sessionId) this.#joinAnew();
  }

  /** Sets or takes back the support for a question. */
  async vote(questionId: string, value: boolean, options?: RequestOptions): Promise<RequestResult<'question:vote'>> {
    this.#own.wishVote(questionId, value);
    this.#tell();
    try {
      const voted = await this.#home.client.vote(questionId, value, options);
      this.#own.learnVote(questionId, voted.value);
      return voted;
    } finally {
      this.#own.dropVote(questionId, value);
      this.#tell();
    }
  }

  /** Gives a ballot, or changes it where the poll allows. */
  async answer(pollId: string, ballot: Ballot, options?: RequestOptions): Promise<RequestResult<'poll:answer'>> {
    const round = this.#replica?.polls.find(({ id }) => id === pollId)?.round;
    this.#own.wishBallot(pollId, ballot);
    this.#tell();
    try {
      const answered = await this.#home.client.answer({ pollId, ...ballot, ...(round && { round }) }, options);
      this.#own.learnBallot(pollId, ballot);
      this.#learnPoll(answered);
      return answered;
    } finally {
      this.#own.dropBallot(pollId, ballot);
      this.#tell();
    }
  }

  /** Asks a question; whoever asks makes its id once (newId), so that asking again after a failure repeats nothing. */
  async ask(draft: Omit<RequestInput<'question:ask'>, 'sessionId'>, options?: RequestOptions): Promise<Question> {
    const question = await this.#home.client.request('question:ask', { ...draft, sessionId: this.sessionId }, options);
    this.#own.learnVote(question.id, true);
    return this.#learnQuestion(question);
  }

  async edit(questionId: string, text: string, options?: RequestOptions): Promise<Question> {
    return this.#learnQuestion(await this.#home.client.request('question:edit', { questionId, text }, options));
  }

  async withdraw(questionId: string, options?: RequestOptions): Promise<Question> {
    return this.#learnQuestion(await this.#home.client.request('question:withdraw', { questionId }, options));
  }

  #follow() {
    const connection = this.#home.client.connection.getSnapshot();
    if (connection.status === 'connected') return void this.#synchronise();
    const isOver = connection.status === 'closed' && connection.reason !== 'idle';
    if (isOver) this.#now = { ...this.#now, status: 'refused', error: closedError(connection.reason) };
    else this.#now = { ...this.#now, status: this.#replica ? 'reconnecting' : 'joining', error: undefined };
    this.#tell();
  }

  /** Joins, at most once at a time; the request itself lasts until it is answered, over as many connections as it takes. */
  async #synchronise() {
    if (this.#join) return;
    const since = this.#isStale ? undefined : this.#replica?.version;
    this.#isStale = false;
    const join = (this.#join = new AbortController());
    this.#own.asked();
    try {
      const payload = { sessionId: this.sessionId, ...(since !== undefined && { since }) };
      const joined = await this.#home.client.request('session:join', payload, {
        signal: join.signal,
        within: Infinity,
      });
      if (this.#join !== join) return;
      this.#join = null;
      this.#adopt(joined, since);
    } catch (error) {
      if (this.#join !== join) return;
      this.#join = null;
      this.#refuse(error);
    }
    this.#tell();
  }

  #adopt({ snapshot, frames = [], version, view, serverTime, me }: SessionJoined, since = -1) {
    if (snapshot) this.#replica = fromSnapshot(snapshot, version);
    const isWhole = frames.every((frame) => this.#take(frame));
    if (!snapshot && (!isWhole || version < since)) this.#forget(); // a database that was put back, for example
    this.#drain();
    this.#own.replace(me);
    this.#own.settleQuestions(this.#replica?.questions ?? []);
    this.#now = { status: 'live', view, serverOffset: Date.parse(serverTime) - Date.now() };
    if (!this.#needsJoin) this.#holes = 0;
  }

  #refuse(error: unknown) {
    if (!(error instanceof RequestError)) throw error;
    if (error.code === 'aborted') return;
    if (error.code !== 'closed') this.#forget();
    this.#now = { ...this.#now, status: 'refused', error };
  }

  /** Applies a frame; false when there is a hole before it. */
  #take(frame: Frame): boolean {
    if (!this.#replica) return false;
    const { replica, outcome } = applyFrame(this.#replica, frame);
    this.#replica = replica;
    return outcome !== 'resync';
  }

  #keep(frame: Frame) {
    if (this.#early.length < MOST_EARLY) this.#early.push(frame);
  }

  #drain() {
    const waiting = this.#early.sort((a, b) => a.version - b.version);
    this.#early = waiting.filter((frame) => !this.#take(frame));
    if (this.#needsJoin) this.#resyncSoon();
  }

  get #needsJoin(): boolean {
    return !this.#replica || this.#isStale || this.#early.length > 0;
  }

  /** A hole often fills itself a moment later, and hits all clients at once: wait a little, each their own time. */
  #resyncSoon() {
    const check = () => {
      this.#resync = undefined;
      if (this.#needsJoin) this.#joinIfConnected();
    };
    this.#resync ??= setTimeout(check, retryDelay(Math.min(this.#holes++, 4)));
  }

  #forget() {
    this.#replica = null;
    this.#early = [];
  }

  #joinAnew() {
    this.#join?.abort();
    this.#join = null;
    this.#forget();
    this.#now = { ...this.#now, status: 'joining', error: undefined };
    this.#tell();
    this.#joinIfConnected();
  }

  #joinIfConnected() {
    if (this.#home.client.connection.getSnapshot().status === 'connected') void this.#synchronise();
  }

  #learnPoll({ poll, version }: RequestResult<'poll:answer'>) {
    if (!this.#replica) return;
    const { replica, stale } = applyPoll(this.#replica, poll, version);
    this.#replica = replica;
    if (!stale) return;
    this.#isStale = true;
    this.#resyncSoon();
  }

  #learnQuestion(question: Question): Question {
    this.#own.learnQuestion(question);
    this.#own.settleQuestions(this.#replica?.questions ?? []);
    this.#tell();
    return question;
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

  #state(): SessionState {
    const { session = null, questions = [], polls = [], viewers = 0, version = 0 } = this.#replica ?? {};
    return { ...this.#now, session, questions, polls, viewers, version, me: this.#own.mine };
  }
}
