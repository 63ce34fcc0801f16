import { jest } from '@jest/globals';
import { type Frame } from '#libs/contract/feed';
import { type Poll } from '#libs/contract/poll';
import { type Question } from '#libs/contract/question';
import { seededRandom } from '../../../../../test/support/load/seeded-random.js';
import { until } from '../../../../../test/support/until.js';
import { type Config } from '../../config/config.js';
import { type FeedService } from '../feed.service.js';
import { channelOf, type FeedSocket } from '../feed-socket.js';
import { type FeedRecord, type FeedSession, type View } from '../feed-kind.js';
import { FrameBroadcaster } from './frame-broadcaster.js';
import { ServerReplica } from '../replica/server-replica.js';
import { type ServerReplicas } from '../replica/server-replicas.js';

const ID = 'a-session';
/** Questions that only moderators see, by their id. */
const isSecret = (id: string) => id.startsWith('secret');
let presentedCount = 0;
const present = ({ id, score }: FeedRecord, { audience }: View) => {
  presentedCount++;
  return isSecret(id) && audience !== 'moderator' ? null : ({ id, score } as Question);
};
const AUDIENCE: View = { audience: 'audience', votedIn: [], protocol: 2 };
const MODERATOR: View = { audience: 'moderator', votedIn: [], protocol: 2 };

/** A page that follows the contract's rule for frames, and records everything that it must not receive. */
class Page {
  connected = true;
  version = 0;
  scores = new Map<string, number>();
  readonly faults: string[] = [];
  readonly data: FeedSocket['data'] = {} as FeedSocket['data'];
  /** Its unsent bytes. */
  waiting = 0;
  isModerator = false;
  frames = 0;
  viewers = 0;
  /** What the hub sends to a member that has left. */
  onLeft = () => {};

  /** The part of a SocketConnection that frames use. */
  get conn() {
    return this;
  }

  send(packet: Buffer): boolean {
    if (this.connected) this.receive(packet);
    return this.connected;
  }

  hangUp(): void {
    this.disconnect();
  }

  get socket(): FeedSocket {
    return this as unknown as FeedSocket;
  }

  disconnect() {
    this.connected = false;
    this.onLeft();
  }

  /** As from the ack of session:join. */
  takeSnapshot(mirror: ServerReplica, view: View) {
    this.version = mirror.version;
    this.isModerator = view.audience === 'moderator';
    this.scores = scoresOf(mirror, view);
  }

  private receive(packet: Buffer) {
    const text = packet.toString();
    const [name, frame] = JSON.parse(text.slice(text.indexOf('42') + 2)) as [string, Frame];
    if (name !== 'session:frame') return;
    this.frames++;
    this.viewers = frame.viewers ?? this.viewers;
    if (frame.from > this.version) this.faults.push(`a hole: ${frame.from} after ${this.version}`);
    const scores = (frame.scores ?? []).map(([id, score]) => [String(id), score] as const);
    const shown = [...scores, ...(frame.questions ?? []).map(({ id, score }) => [id, score] as const)];
    if (!this.isModerator && shown.some(([id]) => isSecret(id))) this.faults.push('a secret');
    if (frame.version < this.version || (frame.version === this.version && frame.from < frame.version)) return;
    this.version = frame.version;
    for (const [id, score] of shown) this.scores.set(id, score);
  }
}

function scoresOf(mirror: ServerReplica, view: View) {
  const shown = [...mirror.records.questions.values()].flatMap((record) => present(record, view) ?? []);
  return new Map(shown.map(({ id, score }) => [id, score]));
}

/** A broadcaster over one session that the test changes. */
function start(tickMs = 20) {
  const session = { session: { id: ID } as FeedSession['session'], eventId: 'e', access: 'open' as const };
  const mirror = new ServerReplica({ ...session, sessionVersion: 0, version: 0 });
  const polls = { present: ({ id }: FeedRecord) => ({ id }) as Poll };
  const presentScored = (records: readonly FeedRecord[], view: View) => ({
    scores: records.flatMap((record) => present(record, view) ?? []).map(({ id, score }) => [id, score]),
  });
  const feed = { sources: { questions: { present, presentScored }, polls } } as unknown as FeedService;
  let tell = (_: string) => {};
  const mirrors = {
    peek: () => mirror,
    onChange: (listener: typeof tell) => void (tell = listener),
    onRenewed: () => {},
  } as unknown as ServerReplicas;
  const sender = new FrameBroadcaster({ TICK_MS: tickMs } as Config, feed, mirrors);
  const change = (id: string, score: number) => {
    const [from, version] = [mirror.version, mirror.version + 1];
    const isKnown = mirror.records.questions.has(id);
    const record = { id, version, scoreVersion: version, score, wasShown: !isSecret(id) };
    mirror.apply({
      sessionId: ID,
      from,
      version,
      ...(isKnown ? { scores: [[id, score, version]] } : { questions: [record] }),
    });
    tell(ID);
  };
  const join = (page: Page, view = AUDIENCE) => {
    sender.admit(page.socket, mirror, view);
    page.onLeft = () => sender.dismissFromAll(page.socket);
    page.takeSnapshot(mirror, view);
  };
  return { mirror, sender, change, join, presented: () => presentedCount };
}

let running: ReturnType<typeof start>;
afterEach(() => {
  running.sender.onApplicationShutdown();
  jest.useRealTimers();
});

it('renders what a hundred people who come to see more at the same moment need once (FEED-16)', () => {
  const { sender, change, join, presented } = (running = start(60_000));
  change('open-1', 1);
  const pages = Array.from({ length: 100 }, () => new Page());
  for (const page of pages) join(page);
  change('secret-1', 7);
  const before = presented();
  for (const page of pages) {
    page.isModerator = true;
    sender.move(page.socket, ID, MODERATOR, 'none');
    expect(page.scores.get('secret-1')).toBe(7);
  }
  expect(presented() - before).toBeLessThan(10);
});

it.each([1, 2, 3])(
  'misses nobody who joins, leaves, moves, is hidden or slow while a frame goes out (FEED-32, FEED-50, seed %d)',
  async (seed) => {
    const { below, pick, happens } = seededRandom(seed);
    const { mirror, sender, change, join } = (running = start());
    const present: Page[] = [];
    const gone: Page[] = [];
    const enter = () => {
      const page = new Page();
      present.push(page);
      join(page, happens(0.2) ? MODERATOR : AUDIENCE);
    };
    /** Promoted: a member who may see more from now on. */
    const promote = (page: Page) => {
      if (page.isModerator) return;
      page.isModerator = true;
      sender.move(page.socket, ID, MODERATOR, 'none');
      for (const [id, score] of scoresOf(mirror, MODERATOR)) if (isSecret(id)) page.scores.set(id, score);
    };
    const acts = [
      enter,
      () => gone.push(...present.splice(below(present.length), 1).map((page) => (page.disconnect(), page))),
      () => promote(pick(present)),
      () => join(pick(present.filter(({ isModerator }) => !isModerator))),
      () => (pick(present).waiting = 70_000),
      () => (pick(present).waiting = 0),
      () => sender.pace(pick(present).socket, pick(['slow', 'usual'] as const)),
      () => change(`${pick(['open', 'secret'])}-${below(20)}`, below(1_000)),
    ];
    for (let i = 0; i < 2_000; i++) enter();
    const end = performance.now() + 500;
    while (performance.now() < end) {
      for (let i = 0; i < 20; i++) pick(acts)();
      await new Promise((resolve) => setImmediate(resolve)); // between two slices
    }
    const framesOfGone = gone.map(({ frames }) => frames);
    for (const page of present) page.waiting = 0;
    for (const page of present) sender.pace(page.socket, 'usual');
    change('open-last', 1);
    await until('everybody has the last', () => present.every((page) => page.scores.has('open-last')));
    for (const page of [...present, ...gone]) expect(page.faults).toEqual([]);
    for (const page of present) {
      const { view } = channelOf(page.socket, ID)!;
      expect([...page.scores].sort()).toEqual([...scoresOf(mirror, view)].sort());
    }
    expect(gone.map(({ frames }) => frames)).toEqual(framesOfGone);
    expect(sender.audienceOf(ID)).toBe(present.length);
    expect(sender.counters.skipped).toBeGreaterThan(0);
    expect(sender.counters.caughtUp).toBeGreaterThan(0);
  },
  20_000,
);

it('leaves a growing number of viewers to the next frame while a crowd is coming (FEED-8)', async () => {
  jest.useFakeTimers();
  const { sender, change, join } = (running = start(5));
  const pages = Array.from({ length: 400 }, () => new Page());
  const told = (count: number) => sender.setViewers(new Map([[ID, count]]));
  change('open-1', 1);
  for (const page of pages) join(page);
  const [first] = pages as [Page];
  await jest.advanceTimersByTimeAsync(1_100);
  const { frames } = first;
  told(400);
  await jest.advanceTimersByTimeAsync(500);
  expect(first.frames).toBe(frames);
  change('open-1', 2);
  await jest.advanceTimersByTimeAsync(50);
  expect([first.frames, first.viewers]).toEqual([frames + 1, 400]);
  await jest.advanceTimersByTimeAsync(1_000);
  told(401);
  await jest.advanceTimersByTimeAsync(50);
  expect([first.frames, first.viewers]).toEqual([frames + 2, 401]);
});

it('sends a frame in slices, and lets others have their turn between them (FEED-32)', async () => {
  const { change, join, sender } = (running = start());
  const pages = Array.from({ length: 3_000 }, () => new Page());
  for (const page of pages) join(page);
  const have = () => pages.filter(({ version }) => version === 1).length;
  change('open-1', 1);
  const turns = new Set<number>();
  const end = performance.now() + 5_000;
  while (have() < pages.length && performance.now() < end) {
    await new Promise((resolve) => setImmediate(resolve));
    turns.add(have());
  }
  expect(turns.size).toBeGreaterThan(2); // none yet, some, all
  expect(sender.counters).toMatchObject({ frames: 1, recipients: 3_000 });
});

it('gives who was skipped one frame with all they missed, and closes who missed too much (FEED-31)', async () => {
  const { change, join, sender } = (running = start());
  const [slow, stuck, other] = [new Page(), new Page(), new Page()];
  for (const page of [slow, stuck, other]) join(page);
  change('open-1', 1);
  await until('the first', () => slow.version === 1);
  slow.waiting = stuck.waiting = 65_537;
  for (let score = 2; score < 6; score++) {
    change('open-1', score);
    await until('the next', () => other.scores.get('open-1') === score);
  }
  expect(slow.version).toBe(1);
  slow.waiting = 0;
  await until('the catch-up', () => slow.version === 5);
  expect([slow.frames, slow.scores.get('open-1'), slow.faults]).toEqual([2, 5, []]);
  for (let i = 0; i < 400; i++) change(`open-${i}-${'x'.repeat(1_200)}`, 1);
  await until('the end', () => !stuck.connected);
  expect(sender.counters.slowCloses).toBe(1);
  expect(sender.audienceOf(ID)).toBe(2);
});

describe('pages that nobody sees (FEED-50)', () => {
  const advance = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

  it('get one frame in two seconds, rendered once for all of them, and lose nothing', async () => {
    jest.useFakeTimers();
    const { sender, change, join } = (running = start(50));
    const [seen, ...hidden] = Array.from({ length: 101 }, () => new Page()) as [Page, ...Page[]];
    for (const page of [seen, ...hidden]) join(page);
    for (const page of hidden) sender.pace(page.socket, 'slow');
    const before = hidden.map(({ frames }) => frames);
    for (let score = 1; score <= 100; score++) {
      change(`open-${score % 10}`, score);
      await advance(100);
    }
    const perPage = hidden.map(({ frames }, at) => frames - before[at]!);
    expect(Math.max(...perPage)).toBeLessThanOrEqual(6); // ten seconds, the first at once
    expect(Math.min(...perPage)).toBeGreaterThanOrEqual(5);
    expect(seen.frames).toBeGreaterThan(50);
    expect(sender.counters.frames).toBeLessThanOrEqual(seen.frames + 6);
    await advance(2_000);
    for (const page of hidden) expect(page).toMatchObject({ faults: [], version: 100, scores: seen.scores });
  });

  it('get the newest state and the number of viewers at once when they are seen again', async () => {
    jest.useFakeTimers();
    const { sender, change, join } = (running = start(50));
    const [page, other] = [new Page(), new Page()];
    for (const one of [page, other]) join(one);
    sender.pace(page.socket, 'slow');
    change('open-1', 1);
    await advance(100);
    change('open-1', 2);
    sender.setViewers(new Map([[ID, 12]]));
    await advance(100);
    expect([page.version, other.version, page.viewers]).toEqual([1, 2, 0]);
    sender.pace(page.socket, 'usual');
    expect([page.version, page.viewers]).toEqual([2, 12]);
    change('open-1', 3);
    await advance(100);
    expect(page).toMatchObject({ version: 3, faults: [] });
  });

  it('get no frame for what their view does not show', async () => {
    jest.useFakeTimers();
    const { sender, change, join } = (running = start(50));
    const page = new Page();
    join(page);
    sender.pace(page.socket, 'slow');
    const { frames } = page;
    change('secret-1', 7);
    sender.setViewers(new Map([[ID, 12]]));
    await advance(5_000);
    expect(page.frames).toBe(frames);
  });

  it('keep their pace when they join again', async () => {
    jest.useFakeTimers();
    const { sender, change, join } = (running = start(50));
    const page = new Page();
    sender.pace(page.socket, 'slow');
    join(page);
    change('open-1', 1);
    await advance(100);
    change('open-1', 2);
    await advance(1_000);
    expect(page.version).toBe(1);
    await advance(1_000);
    expect(page.version).toBe(2);
  });
});
