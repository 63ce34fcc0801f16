import { type Bus, type Listener, Listeners } from './bus.js';

/** The bus of a single node: nothing leaves the process. */
export class LocalBus implements Bus {
  private readonly listeners = new Listeners();

  publish(topic: string, message: unknown): void {
    this.listeners.call(topic, message);
  }

  subscribe(topic: string, listener: Listener): () => void {
    return this.listeners.add(topic, listener);
  }

  isConnected(): boolean {
    return true;
  }

  async close(): Promise<void> {}
}
