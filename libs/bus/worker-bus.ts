import { type Bus, type Listener, Listeners } from './bus.js';

/** Messages from a worker to the relay in its primary. The payload is a text, so that the primary forwards it without parsing. */
export type BusCall =
  | { readonly word: 'publish'; readonly topic: string; readonly text: string }
  | { readonly word: 'subscribe'; readonly topic: string }
  | { readonly word: 'unsubscribe'; readonly topic: string };

/** Messages from the relay to a worker. */
export type BusNews = { readonly word: 'news'; readonly topic: string; readonly text: string };

/** A worker's channel to its primary: the IPC channel of the process. */
export interface BusLine {
  /** Does not block; `done` is called once the message has been written, or can no longer be written. */
  send(message: BusCall, done?: () => void): void;
  onNews(listener: (news: BusNews) => void): void;
  isConnected(): boolean;
}

/** At most this many characters queued for the primary; messages beyond them are dropped, because the primary is stopped or overloaded. */
const WAITING = 16 * 1024 * 1024;

/**
 * The bus between the workers of one machine, over IPC and without Redis: about 50 µs a message in the primary for every worker that
 * listens. As with Redis a message may be lost, when its reader is too far behind.
 */
export class WorkerBus implements Bus {
  readonly counters = { published: 0, dropped: 0 };
  private waiting = 0;
  private readonly listeners = new Listeners(
    (topic) => this.line.send({ word: 'subscribe', topic }),
    (topic) => this.line.send({ word: 'unsubscribe', topic }),
  );

  /** `onTrouble` is called with what a listener threw: it must not end the worker. */
  constructor(
    private readonly line: BusLine,
    private readonly onTrouble: (error: Error) => void,
  ) {
    line.onNews(({ topic, text }) => this.receive(topic, text));
  }

  /** Characters that have not left for the primary yet. */
  get inFlight(): number {
    return this.waiting;
  }

  publish(topic: string, message: unknown): void {
    this.listeners.call(topic, message);
    const text = JSON.stringify(message);
    if (!this.line.isConnected() || this.waiting + text.length > WAITING) return void this.counters.dropped++;
    this.counters.published++;
    this.waiting += text.length;
    this.line.send({ word: 'publish', topic, text }, () => (this.waiting -= text.length));
  }

  subscribe(topic: string, listener: Listener): () => void {
    return this.listeners.add(topic, listener);
  }

  isConnected(): boolean {
    return this.line.isConnected();
  }

  async close(): Promise<void> {}

  private receive(topic: string, text: string) {
    try {
      this.listeners.call(topic, JSON.parse(text));
    } catch (error) {
      this.onTrouble(error as Error);
    }
  }
}
