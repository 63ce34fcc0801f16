import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { type Bus, type Listener, Listeners } from './bus.js';

export interface RedisBusOptions {
  readonly url: string;
  /** Prefix of every channel's name, so that several hubs can share one Redis. */
  readonly prefix: string;
  /** Called with a connection error, once per outage. */
  readonly onTrouble: (error: Error) => void;
  /** In ms: a Redis that does not answer a message for longer counts as hung. A shorter time would close connections to a busy one. */
  readonly answerWithin?: number;
}

/** Bounds of what waits for Redis's answer; beyond either, messages are dropped, because Redis is stopped or overloaded. */
const IN_FLIGHT = { messages: 2_000, characters: 16 * 1024 * 1024 };

/**
 * The bus over Redis pub/sub: one connection publishes, one subscribes. Without Redis, or while it hangs, this node's own listeners still
 * get everything and messages to other nodes are dropped; ioredis reconnects and restores the subscriptions.
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
      autoResendUnfulfilledCommands: false, // older messages are repaired by versions by then
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

  /** Closes a connection that does not answer: messages written to it would wait in memory, and arrive when they are obsolete. */
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

  /** A foreign message in Redis, or a listener that throws, must not end the process: ioredis would rethrow it as an uncaught error. */
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

  /** Failed commands are repaired by versions, not by waiting; the connection's own error is already reported. */
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
