import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Bus } from '#libs/bus/bus';
import { BUS } from '../../platform/cluster/bus.js';

/** A person at a desk. */
export interface Present {
  readonly id: string;
  readonly name: string | null;
}

/** By session, the people whose desks are open on one node. */
export type DeskLists = Readonly<Record<string, readonly Present[]>>;

interface Sample {
  readonly node: string;
  readonly desks: DeskLists;
}

const TOPIC = 'desks';
/** How long the list of a node is valid without renewal, in ms: those of a killed node expire after it. */
const LEASE = 4_000;

/**
 * The people who have the desk of a session open, over all nodes. Each node publishes its own list when it changes and renews it about
 * every second: a lease, so that nothing remains of a node that was killed.
 */
@Injectable()
export class DeskPresence implements OnApplicationShutdown {
  private readonly node = randomUUID();
  private readonly leases = new Map<string, { readonly desks: DeskLists; readonly endsAt: number }>();
  private readonly listeners: (() => void)[] = [];
  private readonly stopListening: () => void;
  private isEmpty = true;

  constructor(@Inject(BUS) private readonly bus: Bus) {
    this.stopListening = bus.subscribe(TOPIC, (message) => this.receive(message as Sample));
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Publishes the list of this node; an empty one only once. */
  renew(desks: DeskLists): void {
    const wasEmpty = this.isEmpty;
    this.isEmpty = Object.keys(desks).length === 0;
    if (!this.isEmpty || !wasEmpty) this.bus.publish(TOPIC, { node: this.node, desks } satisfies Sample);
  }

  /** Each person at a desk of the session once, by name. */
  of(sessionId: string): Present[] {
    const people = new Map<string, Present>();
    for (const { desks } of this.leases.values()) for (const one of desks[sessionId] ?? []) people.set(one.id, one);
    return [...people.values()].sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '') || a.id.localeCompare(b.id));
  }

  /** Drops the lists of nodes that did not renew them. */
  dropExpired(now = performance.now()): void {
    const expired = [...this.leases].filter(([, { endsAt }]) => endsAt <= now);
    for (const [node] of expired) this.leases.delete(node);
    if (expired.length > 0) this.changed();
  }

  onApplicationShutdown(): void {
    this.renew({});
    this.stopListening();
  }

  private receive({ node, desks }: Sample) {
    if (Object.keys(desks).length === 0) this.leases.delete(node);
    else this.leases.set(node, { desks, endsAt: performance.now() + LEASE });
    this.changed();
  }

  private changed() {
    for (const listener of this.listeners) listener();
  }
}
