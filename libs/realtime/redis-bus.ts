import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { type Bus, type Listener, Listeners } from './bus.js';

export interface RedisBusOptions {
  readonly url: string;
  /** Before every channel's name, so that several hubs can share one Redis. */
  readonly prefix: string;
  /** Hears every connection error once per outage. */
  readonly onTrouble: (error: Error) => void;
}

/** Messages that may wait for Redis's answer; beyond it they are dropped, because Redis is stopped or drowning. */
const IN_FLIGHT = 2_000;

/**
 * The bus over Redis pub/sub: one connection publishes, one listens. Without Redis this node's own listeners still hear everything
 * and messages to other nodes are dropped; ioredis comes back and restores the subscriptions by itself.
 */
export class RedisBus implements Bus {
  readonly counters = { published: 0, dropped: 0 };
  private readonly node = randomUUID();
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly listeners = new Listeners(
    (topic) => this.quietly(this.subscriber.subscribe(this.channel(topic))),
    (topic) => this.quietly(this.subscriber.unsubscribe(this.channel(topic))),
  );
  private waiting = 0;

  constructor(private readonly options: RedisBusOptions) {
    const shared = {
      maxRetriesPerRequest: null,
      retryStrategy: (times: number) => Math.min(times * 100, 1_000),
      connectTimeout: 3_000,
    };
    this.publisher = new Redis(options.url, { ...shared, enableOfflineQueue: false, commandTimeout: 5_000 });
    this.subscriber = new Redis(options.url, { ...shared, keepAlive: 10_000 });
    this.reportTroubleOnce(this.publisher);
    this.reportTroubleOnce(this.subscriber);
    this.subscriber.on('message', (channel: string, text: string) => this.receive(channel, text));
  }

  /** Messages that Redis has not answered yet. */
  get inFlight(): number {
    return this.waiting;
  }

  publish(topic: string, message: unknown): void {
    this.listeners.call(topic, message);
    if (!this.isConnected() || this.waiting >= IN_FLIGHT) return void this.counters.dropped++;
    this.counters.published++;
    this.waiting++;
    const sent = this.publisher.publish(this.channel(topic), JSON.stringify({ node: this.node, message }));
    this.quietly(sent.finally(() => this.waiting--));
  }

  subscribe(topic: string, listener: Listener): () => void {
    return this.listeners.add(topic, listener);
  }

  isConnected(): boolean {
    return this.publisher.status === 'ready' && this.subscriber.status === 'ready';
  }

  async close(): Promise<void> {
    this.publisher.disconnect();
    this.subscriber.disconnect();
    await Promise.resolve();
  }

  /** What somebody else wrote into Redis, or a listener that fails, must not end the process: ioredis would throw it at nobody. */
  private receive(channel: string, text: string) {
    try {
      const { node, message } = JSON.parse(text) as { node: string; message: unknown };
      if (node !== this.node) this.listeners.call(channel.slice(this.options.prefix.length + 1), message);
    } catch (error) {
      this.options.onTrouble(error as Error);
    }
  }

  private channel(topic: string) {
    return `${this.options.prefix}:${topic}`;
  }

  /** What Redis could not do is repaired by versions, not by waiting; the connection's own error is already reported. */
  private quietly(outcome: Promise<unknown>) {
    outcome.catch(() => undefined);
  }

  private reportTroubleOnce(redis: Redis) {
    let isReported = false;
    redis.on('ready', () => (isReported = false));
    redis.on('error', (error: Error) => {
      if (!isReported) this.options.onTrouble(error);
      isReported = true;
    });
  }
}
