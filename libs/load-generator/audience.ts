import { type ChildProcess, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { type CrowdOptions, type VotingOptions } from './crowd.js';
import { type CrowdOrder } from './crowd-process.js';
import { type CrowdReport, type CrowdState, type CrowdTimes } from './crowd-report.js';
import { Histogram } from './histogram.js';

/** A process may have 20,000 files open on common systems; this uses half of them. */
const PEOPLE_PER_PROCESS = 9_000;

export interface AudienceOptions extends Omit<CrowdOptions, 'localAddress'> {
  readonly processes?: number;
  /** Milliseconds for all people to connect. */
  readonly within?: number;
}

interface Member {
  readonly child: ChildProcess;
  readonly people: number;
  readonly ask: <T>(order: CrowdOrder) => Promise<T>;
}

/** A synthetic audience of any size, spread over child processes; the built lib is needed (dist). */
export class Audience {
  private constructor(
    private readonly members: readonly Member[],
    /** The first three numbers of its source addresses, where they can be chosen. */
    private readonly network: string | undefined,
  ) {}

  /** Starts the processes; nobody connects yet. */
  static start({
    people,
    processes = Math.ceil(people / PEOPLE_PER_PROCESS),
    url,
  }: {
    people: number;
    processes?: number;
    url: string;
  }) {
    const { hostname } = new URL(url);
    const shares = Array.from({ length: processes }, (_, at) => Math.floor((people + at) / processes));
    // elsewhere than on Linux the other addresses of 127.0.0.0/8 are not there
    const isLocal = process.platform === 'linux' && hostname === '127.0.0.1';
    return new Audience(shares.map(member), isLocal ? ownNetwork() : undefined);
  }

  /** Connects all people; returns how many have state. */
  async gather({ tokens, within, observers = 20, ...options }: AudienceOptions): Promise<number> {
    let taken = 0;
    const joined = this.members.map(({ people, ask }, at) => {
      const own = tokens.slice(taken, (taken += people));
      const localAddress = this.network && `${this.network}.${2 + at}`;
      const share = Math.ceil(observers / this.members.length);
      return ask<number>({
        do: 'gather',
        options: { ...options, tokens: own, observers: share, localAddress },
        within,
      });
    });
    return sum(await Promise.all(joined));
  }

  /** From now on new connections go to these nodes. */
  async route(urls: readonly string[]): Promise<void> {
    await Promise.all(this.members.map(({ ask }) => ask({ do: 'route', urls })));
  }

  /** This many people, the last ones of each process, stop reading until `recover`. */
  async stall(count: number): Promise<void> {
    const share = (at: number) => Math.floor((count + at) / this.members.length);
    await Promise.all(this.members.map(({ ask }, at) => ask({ do: 'stall', count: share(at) })));
  }

  async recover(): Promise<void> {
    await Promise.all(this.members.map(({ ask }) => ask({ do: 'recover' })));
  }

  async reset(): Promise<void> {
    await Promise.all(this.members.map(({ ask }) => ask({ do: 'reset' })));
  }

  /** Votes from all processes, each with its share of the rate. */
  async vote({ perSecond, seed = 1, ...options }: VotingOptions): Promise<void> {
    const people = sum(this.members.map((each) => each.people));
    const voting = this.members.map((each, at) =>
      each.ask({ do: 'vote', options: { ...options, perSecond: (perSecond * each.people) / people, seed: seed + at } }),
    );
    await Promise.all(voting);
  }

  async settle(within?: number): Promise<boolean> {
    const settled = await Promise.all(this.members.map(({ ask }) => ask<boolean>({ do: 'settle', within })));
    return settled.every(Boolean);
  }

  async state(): Promise<CrowdState> {
    const states = await Promise.all(this.members.map(({ ask }) => ask<CrowdState>({ do: 'state' })));
    const total = (name: keyof CrowdState) => sum(states.map((state) => state[name]));
    return {
      joined: total('joined'),
      sent: total('sent'),
      acknowledged: total('acknowledged'),
      frames: total('frames'),
    };
  }

  /** Durations of acks and screens up to now, of all processes together. */
  async times(): Promise<{ ack: Histogram; visible: Histogram }> {
    const times = await Promise.all(this.members.map(({ ask }) => ask<CrowdTimes>({ do: 'times' })));
    const merged = (name: keyof CrowdTimes) =>
      times.reduce((histogram, each) => histogram.add(each[name]), new Histogram());
    return { ack: merged('ack'), visible: merged('visible') };
  }

  /** Sends no more votes; \`vote\` resolves within a moment. */
  async stop(): Promise<void> {
    await Promise.all(this.members.map(({ ask }) => ask({ do: 'stop' })));
  }

  /** One report for each process; `mergeReports` makes one of them. */
  reports(): Promise<CrowdReport[]> {
    return Promise.all(this.members.map(({ ask }) => ask<CrowdReport>({ do: 'report' })));
  }

  /** Disconnects everybody and ends the processes. */
  async dismiss(): Promise<void> {
    await Promise.allSettled(this.members.map(({ ask }) => ask({ do: 'close' })));
    for (const { child } of this.members) child.disconnect();
  }
}

/**
 * Addresses of this audience alone: TCP keeps the ports of closed connections for a minute, and finding a free one among many takes most
 * of a core.
 */
function ownNetwork(): string {
  return `127.${randomInt(1, 255)}.${randomInt(256)}`;
}

function member(people: number): Member {
  const child = fork(new URL('./crowd-process.js', import.meta.url), { serialization: 'advanced', execArgv: [] });
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  let last = 0;
  child.on('message', ({ id, result, error }: { id: number; result: never; error?: string }) => {
    if (error) waiting.get(id)?.reject(new Error(error));
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`a process of the audience ended (${code})`));
  });
  const ask = <T>(order: CrowdOrder) =>
    new Promise<T>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      child.send({ id, order });
    });
  return { child, people, ask };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
