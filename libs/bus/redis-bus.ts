import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { type Bus, type Listener, Listeners } from './bus.js';

export interface RedisBusOptions {
  readonly url: string;
  /** Before every channel's name, so that several hubs can share one Redis. */
  readonly prefix: string;
  /** Hears every connection error once per outage. */
  readonly onTrouble: (error: Error) => void;
  /** In ms: a Redis that leaves a message unanswered for longer hangs. Shorter cuts off one that is only busy. */
  readonly answerWithin?: number;
}

/** What may wait for Redis's answer; beyond either it is dropped, because Redis is stopped or drowning. */
const IN_FLIGHT = { messages: 2_000, characters: 16 * 1024 * 1024 };

/**
 * The bus over Redis pub/sub: one connection publishes, one listens. Without Redis, or while it hangs, this node's own listeners
 * still hear everything and messages to other nodes are dropped; ioredis comes back and restores the subscriptions by itself.
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
  private readonly waiting = { messages: 0, characters: 0 };

  constructor(private readonly options: RedisBusOptions) {
    const shared = {
      maxRetriesPerRequest: null,
      retryStrategy: (times: number) => Math.min(times * 100, 1_000),
      connectTimeout: 3_000,
    };
    this.publisher = new Redis(options.url, {
      ...shared,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false, // what is late is repaired by then
      commandTimeout: options.answerWithin ?? 5_000,
    });
    this.subscriber = new Redis(options.url, { ...shared, keepAlive: 10_000 });
    this.reportTroubleOnce(this.publisher);
    this.reportTroubleOnce(this.subscriber);
    this.subscriber.on('message', (channel: string, text: string) => this.receive(channel, text));
  }

  /** Messages that Redis has not answered yet. */
  get inFlight(): number {
    return this.waiting.messages;
  }

  publish(topic: string, message: unknown): void {
    this.listeners.call(topic, message);
    const { messages, characters } = this.waiting;
    if (!this.isConnected() || messages >= IN_FLIGHT.messages || characters >= IN_FLIGHT.characters)
      return void this.counters.dropped++;
    this.counters.published++;
    void this.send(this.channel(topic), JSON.stringify({ node: this.node, message }));
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

  /** Ends a connection that does not answer: what was written to it would wait in memory, and come when nobody needs it any more. */
  private async send(channel: string, text: string) {
    const { stream } = this.publisher;
    this.waiting.messages++;
    this.waiting.characters += text.length;
    try {
      await this.publisher.publish(channel, text);
    } catch (error) {
      this.counters.dropped++;
      if ((error as Error).message === 'Command timed out') stream.destroy(error as Error);
    } finally {
      this.waiting.messages--;
      this.waiting.characters -= text.length;
    }
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
