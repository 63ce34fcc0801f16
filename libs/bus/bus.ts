export type Listener = (message: unknown) => void;

/**
 * Carries messages between nodes, at most once: a subscriber that needs every message must detect gaps and repair them. This node's own
 * listeners are called at once and get the very object that was published: they must not change it.
 */
export interface Bus {
  /** Sends to every node, also this one. Does not wait for the network: a lost message costs latency, not data. */
  publish(topic: string, message: unknown): void;
  /** Subscribes to a topic; returns a function that unsubscribes. */
  subscribe(topic: string, listener: Listener): () => void;
  /** Whether messages reach other nodes now; always true in-process. */
  isConnected(): boolean;
  close(): Promise<void>;
}

/** Listeners by topic, with callbacks for the first and last listener of a topic. */
export class Listeners {
  private readonly byTopic = new Map<string, Set<Listener>>();

  constructor(
    private readonly onFirst: (topic: string) => void = () => {},
    private readonly onLast: (topic: string) => void = () => {},
  ) {}

  get topics(): string[] {
    return [...this.byTopic.keys()];
  }

  add(topic: string, listener: Listener): () => void {
    let listeners = this.byTopic.get(topic);
    if (!listeners) {
      this.byTopic.set(topic, (listeners = new Set()));
      this.onFirst(topic);
    }
    listeners.add(listener);
    return () => this.remove(topic, listener);
  }

  call(topic: string, message: unknown): void {
    for (const listener of this.byTopic.get(topic) ?? []) listener(message);
  }

  private remove(topic: string, listener: Listener) {
    const listeners = this.byTopic.get(topic);
    if (!listeners?.delete(listener) || listeners.size > 0) return;
    this.byTopic.delete(topic);
    this.onLast(topic);
  }
}
