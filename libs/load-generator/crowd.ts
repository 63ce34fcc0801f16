import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { arrivals, type Rhythm, seeded } from './arrivals.js';
import { type CrowdReport, type CrowdState, type CrowdTimes } from './crowd-report.js';
import { Histogram } from './histogram.js';
import { Observer } from './observer.js';
import { WriteTemplate } from './packets.js';
import { VirtualUser } from './virtual-user.js';
import { type WritePair, Votes } from './votes.js';

export interface CrowdOptions {
  readonly urls: readonly string[];
  readonly sessionId: string;
  readonly questionIds: readonly string[];
  /**
   * Ballots for these polls are cast in place of votes: for the first option, and after a lap for the second. The polls must allow
   * changing ballots.
   */
  readonly polls?: readonly AnsweredPoll[];
  /** One person each. */
  readonly tokens: readonly string[];
  /** How many of them keep a full replica: parsing costs ten times as much as counting. */
  readonly observers?: number;
  readonly localAddress?: string;
  /** How many may be connecting at once. */
  readonly connecting?: number;
  /** Everybody except observers reads once in this many ms: a crowd that only watches, at a third of the generator's cost. It must not vote. */
  readonly readEvery?: number;
}

interface AnsweredPoll {
  readonly id: string;
  readonly options: readonly [first: string, second: string];
}

export interface VotingOptions {
  readonly perSecond: number;
  readonly seconds: number;
  readonly rhythm?: Rhythm;
  readonly seed?: number;
}

/** Ms within which a stop is noticed. */
const STOP_WITHIN = 100;

/** People with slow reading take turns in this many groups. */
const GROUPS = 20;

/** The synthetic audience of one process. */
export class Crowd {
  private readonly people: VirtualUser[];
  private readonly urls: string[];
  private readonly votes: Votes;
  private readonly joinTime = new Histogram();
  private readonly backTime = new Histogram();
  private readonly lag = new Histogram();
  private readonly losses: Record<string, number> = {};
  private readonly loop = monitorEventLoopDelay({ resolution: 5 });
  private frames = 0;
  private holes = 0;
  private joined = 0;
  private firstJoins = 0;
  private next = 0;
  private isStopped = false;
  private turn = 0;
  private looking: NodeJS.Timeout | undefined;
  private cpu = process.cpuUsage();
  private since = performance.now();

  constructor(private readonly options: CrowdOptions) {
    const { tokens, observers = 10, sessionId, localAddress } = options;
    const urls = (this.urls = [...options.urls]);
    const hears = {
      onJoined: (person: VirtualUser) => this.onJoined(person),
      onLost: (_: VirtualUser, reason: string, wasJoined: boolean) => this.onLost(reason, wasJoined),
      onVoteAck: (number: number, text: string) => this.votes.acked(number, text),
      onFrame: () => void this.frames++,
      onHole: () => void this.holes++,
    };
    this.people = tokens.map((token, index) => {
      const observer = index < observers ? new Observer() : undefined;
      return new VirtualUser(index, { urls, sessionId, token, localAddress, observer }, hears);
    });
    this.votes = new Votes(this.people, writesOf(options));
    this.loop.enable();
    if (options.readEvery) this.looking = setInterval(() => this.look(), options.readEvery / GROUPS);
  }

  /** Connects everybody, a limited number at once; resolves when all have their first state, or after `within` ms. Returns how many have. */
  async gather(within = 120_000): Promise<number> {
    const deadline = performance.now() + within;
    for (let index = 0; index < (this.options.connecting ?? 100); index++) this.admit();
    while (this.firstJoins < this.people.length && performance.now() < deadline) await pause(20);
    return this.joined;
  }

  /** From now on new connections go to these nodes, as behind a load balancer that knows which ones are running. */
  route(urls: readonly string[]): void {
    this.urls.splice(0, this.urls.length, ...urls);
  }

  /** The last `n` people stop reading. */
  stall(count: number): void {
    for (const person of this.people.slice(this.people.length - count)) person.stall();
  }

  /** Everybody reads again. */
  recover(): void {
    for (const person of this.people) person.recover();
  }

  /** Counts from here on: the cost of connecting is not the cost of voting. */
  reset(): void {
    this.frames = 0;
    this.loop.reset();
    this.cpu = process.cpuUsage();
    this.since = performance.now();
  }

  /** Votes at these times regardless of the server, then returns; acks may still be pending. */
  async vote({ perSecond, seconds, rhythm = 'poisson', seed = 1 }: VotingOptions): Promise<void> {
    const from = performance.now();
    for (const at of arrivals(perSecond, seconds, rhythm, seeded(seed))) {
      const due = from + at;
      if (due > performance.now()) await this.until(due);
      if (this.isStopped) return;
      this.votes.cast(due);
      this.lag.record(Math.max(0, performance.now() - due));
    }
    await this.until(from + seconds * 1_000);
  }

  /** Sends no more votes; acks of sent votes are still awaited. */
  stop(): void {
    this.isStopped = true;
  }

  /** Waits until every vote is acknowledged and every screen shows it, at most this many ms; returns whether that happened. */
  async settle(within = 30_000): Promise<boolean> {
    const deadline = performance.now() + within;
    for (;;) {
      this.votes.see();
      if (this.votes.isSettled && this.isTogether()) return true;
      if (performance.now() > deadline) return false;
      await pause(50);
    }
  }

  get state(): CrowdState {
    return { joined: this.joined, ...this.votes.counts, frames: this.frames };
  }

  get times(): CrowdTimes {
    return this.votes.times;
  }

  /** The replicas of the observers, for comparing with the database. */
  get observers(): Observer[] {
    return this.people.flatMap(({ observer }) => observer ?? []);
  }

  report(): CrowdReport {
    this.votes.see();
    const { user, system } = process.cpuUsage(this.cpu);
    const seconds = (performance.now() - this.since) / 1_000;
    const cpuSeconds = (user + system) / 1e6;
    const newest = Math.max(-1, ...this.people.map(({ version }) => version));
    return {
      people: this.people.length,
      joined: this.joined,
      behind: this.people.filter(({ version }) => version < newest).length,
      version: newest,
      frames: this.frames,
      holes: this.holes,
      losses: this.losses,
      ...this.votes.report(),
      joinTime: this.joinTime.state(),
      backTime: this.backTime.state(),
      lag: this.lag.state(),
      generator: [{ cpuSeconds, seconds, loopDelayP99: this.loop.percentile(99) / 1e6 }],
    };
  }

  /** Disconnects everybody. */
  close(): void {
    this.votes.close();
    clearInterval(this.looking);
    this.loop.disable();
    this.people.forEach((person) => person.leave());
  }

  private async until(moment: number) {
    while (!this.isStopped && moment > performance.now())
      await pause(Math.min(STOP_WITHIN, Math.max(2, moment - performance.now())));
  }

  private look() {
    for (let at = this.turn++ % GROUPS; at < this.people.length; at += GROUPS) this.people[at]!.look();
  }

  private admit() {
    this.people[this.next++]?.connect();
  }

  private onJoined(person: VirtualUser) {
    this.joined += 1;
    if (this.options.readEvery && !person.observer) person.doze();
    const took = person.joinedAt - person.startedAt;
    if (this.firstJoins >= this.people.length) return this.backTime.record(took);
    this.joinTime.record(took);
    this.firstJoins += 1;
    this.admit();
  }

  private onLost(reason: string, wasJoined: boolean) {
    this.losses[reason] = (this.losses[reason] ?? 0) + 1;
    if (wasJoined) this.joined -= 1;
  }

  private isTogether(): boolean {
    const [first, ...others] = this.people.map(({ version }) => version);
    return others.every((version) => version === first);
  }
}

function writesOf({ questionIds, polls }: CrowdOptions): WritePair[] {
  if (!polls) return questionIds.map((id) => [WriteTemplate.ofVote(id, false), WriteTemplate.ofVote(id, true)]);
  return polls.map(({ id, options: [first, second] }) => [
    WriteTemplate.ofBallot(id, second),
    WriteTemplate.ofBallot(id, first),
  ]);
}
