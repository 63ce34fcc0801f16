/** Carries messages between nodes. At most once: whoever needs every message must notice holes and repair them. */
export interface Bus {
  /** Sends to every node, also this one. Never waits for the network: a lost message costs latency, not data. */
  publish(topic: string, message: unknown): void;
  /** Hears a topic; answers a function that stops it. `message` is what was published, after a round through JSON. */
  subscribe(topic: string, listener: (message: unknown) => void): () => void;
  /** Whether messages reach other nodes now; always true in-process. */
  isConnected(): boolean;
  close(): Promise<void>;
}
