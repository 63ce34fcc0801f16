import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Semaphore } from '../platform/concurrency/keyed-semaphore.js';
import { WorkerThread } from '../platform/concurrency/worker-thread.js';
import { type PosterColours } from './poster.js';
import { type DrawRequest } from './poster-thread-entry.js';

/** All that there are: a hue for each kind of session, turned by the city into one of 36. About 30 kB each. */
const PICTURES = 8 * 36;
/** As many as the cities of one kind can ask for at once, about 90 ms each; more are refused as busy. */
const WAITING_AT_MOST = 36;
const THREAD = { timeoutMs: 10_000, idleMs: 60_000, heapMb: 64 };

/**
 * Draws posters in a thread, one at a time, and keeps each picture by its colours, which are all that it shows: no city and no title
 * makes another one. Those who ask for a picture while it is drawn wait for that drawing.
 */
@Injectable()
export class PosterDrawings implements OnApplicationShutdown {
  private readonly thread = new WorkerThread(new URL('./poster-thread-entry.js', import.meta.url), THREAD);
  private readonly turns = new Semaphore(1, WAITING_AT_MOST);
  private readonly pictures = new LRUCache<string, Uint8Array, readonly PosterColours[]>({
    max: PICTURES,
    fetchMethod: (_key, _stale, { context: colours }) => this.turns.run(() => this.draw({ colours })),
  });
  readonly counters = { drawn: 0 };

  /** The picture as a PNG. Refuses with `busy` where too many wait for theirs. */
  png(colours: readonly PosterColours[]): Promise<Uint8Array> {
    return this.pictures.forceFetch(JSON.stringify(colours), { context: colours });
  }

  /** Pictures kept now. */
  get kept(): number {
    return this.pictures.size;
  }

  async onApplicationShutdown() {
    await this.thread.end();
  }

  private draw(request: DrawRequest): Promise<Uint8Array> {
    this.counters.drawn++;
    return this.thread.request<Uint8Array>(request);
  }
}
