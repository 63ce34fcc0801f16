import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Bus } from '#libs/bus/bus';
import { WindowCounter } from './window-counter.js';

const TOPIC = 'limits';
/** How long a count may stay unknown to the other nodes, in ms; less where the limit is small or used up fast. */
const WITHIN = { usual: 500, soon: 10 };
/** Keys in one message, some 70 bytes each; further ones are sent with the next one. */
const KEYS_AT_MOST = 2_000;

const exchanged = z.object({
  from: z.string(),
  counts: z.array(z.tuple([z.string(), z.string(), z.number().int().positive(), z.number().positive()])),
});

/**
 * Makes one limit of the counts of all nodes: nodes (and workers) send each other the counts of their busy keys over the bus. Nothing
 * waits for it. Over n nodes a client can exceed a limit by what it sends within one exchange and n twentieths of the limit; when the bus
 * is unavailable, each node counts alone.
 */
export class WindowGossip {
  private readonly node = randomUUID();
  private readonly counters = new Map<string, WindowCounter>();
  private readonly timers: { usual?: NodeJS.Timeout; soon?: NodeJS.Timeout } = {};
  private readonly unsubscribe: () => void;

  constructor(private readonly bus: Bus) {
    this.unsubscribe = bus.subscribe(TOPIC, (message) => this.hear(message));
  }

  add(name: string, allowed: number, seconds: number): WindowCounter {
    const counter = new WindowCounter(allowed, seconds, (isUrgent) => this.schedule(isUrgent ? 'soon' : 'usual'));
    this.counters.set(name, counter);
    return counter;
  }

  /** How many keys are counted now. */
  get size(): number {
    return [...this.counters.values()].reduce((sum, { size }) => sum + size, 0);
  }

  close(): void {
    this.unsubscribe();
    clearTimeout(this.timers.usual);
    clearTimeout(this.timers.soon);
  }

  private schedule(when: keyof typeof WITHIN) {
    this.timers[when] ??= setTimeout(() => {
      this.timers[when] = undefined;
      this.tell();
    }, WITHIN[when]).unref();
  }

  private tell() {
    const counts: z.infer<typeof exchanged>['counts'] = [];
    for (const [name, counter] of this.counters)
      for (const [key, taken, endsIn] of counter.tell(KEYS_AT_MOST - counts.length))
        counts.push([name, key, taken, Math.max(1, endsIn)]);
    if (counts.length > 0) this.bus.publish(TOPIC, { from: this.node, counts });
    if ([...this.counters.values()].some(({ isDue }) => isDue)) this.schedule('usual');
  }

  private hear(message: unknown) {
    if ((message as { from?: unknown } | null)?.from === this.node) return;
    const { data } = exchanged.safeParse(message);
    for (const [name, ...told] of data?.counts ?? []) this.counters.get(name)?.hear(told);
  }
}
