import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type Bus } from '#libs/bus/bus';
import { BUS } from '../../platform/cluster/bus.js';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { log } from '../../platform/logging/log.js';
import { type ActorEvent, actorEvent } from './actor-event.js';
import { ActorsRepository } from './actors.repository.js';

type Listener = (event: ActorEvent) => void;

const TOPIC = 'auth';
const LOOK_EVERY_MS = 1_000;
/** A transaction may commit this long after the time it wrote. */
const OVERLAP_SECONDS = 20;
/** Twice the time that a query covers again, for clocks that differ. */
const REMEMBER_MS = 2 * OVERLAP_SECONDS * 1_000;
/** About ten megabytes, and more than the database can write in that time. */
const REMEMBERED = 100_000;
/** Longer than connecting takes. */
const LATELY_MS = 10_000;

/**
 * Delivers to every node, once each, the events of actors: at once through the bus, and within about a second from the database when the
 * bus is unavailable. Costs one small query per node and second.
 */
@Injectable()
export class ActorEvents implements OnModuleInit, OnApplicationShutdown, KeepsEntries {
  private readonly listeners = new Set<Listener>();
  /** The keys of delivered events with their time. */
  private readonly heard = new Map<string, number>();
  private readonly heardAt = new Map<string, number>();
  private lookedAt = performance.now();
  private readonly looking = new PeriodicTask('actor-events', () => this.look(), {
    everyMs: LOOK_EVERY_MS,
    onError: (err) => log.debug({ err }, 'the events of actors could not be read; the next query covers this one'),
  });
  private unsubscribe = () => {};

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly actors: ActorsRepository,
  ) {}

  countEntries() {
    return { 'actor-events.heard': this.heard.size, 'actor-events.actors': this.heardAt.size };
  }

  onModuleInit() {
    this.unsubscribe = this.bus.subscribe(TOPIC, (message) => this.receive(message));
    this.looking.start();
  }

  onApplicationShutdown() {
    this.unsubscribe();
    void this.looking.stop();
  }

  /** Call after the commit, with the committed time. */
  publish(event: ActorEvent): void {
    this.bus.publish(TOPIC, event);
  }

  /** Subscribes to all events; returns a function that unsubscribes. Listeners are called synchronously and must not wait. */
  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Subscribes only to events that close connections: sign-out, a changed password, a ban. */
  onEnded(listener: Listener): () => void {
    return this.on((event) => (event.kind === 'revoked' || event.kind === 'banned') && listener(event));
  }

  /** Whether an actor had an event in the last seconds: a connection that was being made may have missed it. */
  hasHeardLately(actorId: string): boolean {
    return performance.now() - (this.heardAt.get(actorId) ?? -Infinity) < LATELY_MS;
  }

  private receive(message: unknown) {
    const parsed = actorEvent.safeParse(message);
    if (parsed.success) this.hear(parsed.data);
  }

  private async look(): Promise<void> {
    const startedAt = performance.now();
    const seconds = (startedAt - this.lookedAt) / 1000 + OVERLAP_SECONDS;
    for (const event of await this.actors.eventsOfLast(seconds)) this.hear(event);
    this.lookedAt = startedAt;
    this.forget();
  }

  private hear(event: ActorEvent) {
    const key = keyOf(event);
    if (this.heard.has(key)) return;
    remember(this.heard, key);
    remember(this.heardAt, event.actorId);
    for (const listener of this.listeners) this.call(listener, event);
  }

  /** Events that no later query finds again: the next query covers the same time before it as this one. */
  private forget() {
    forgetBefore(this.heard, this.lookedAt - REMEMBER_MS);
    forgetBefore(this.heardAt, this.lookedAt - LATELY_MS);
  }

  /** One listener that fails must not keep a banned actor's sockets open elsewhere. */
  private call(listener: Listener, event: ActorEvent) {
    try {
      listener(event);
    } catch (err) {
      log.error({ err, kind: event.kind, actorId: event.actorId }, 'a listener of actor events failed');
    }
  }
}

/** The same for a message and for its row in the database; for a change the database does not contain the event. */
function keyOf({ kind, actorId, jti, eventId, at }: ActorEvent): string {
  return [kind, actorId, jti, kind === 'banned' && eventId, at].join(' ');
}

/** Maps keep the insertion order of keys, so the oldest is the first. */
function remember(memory: Map<string, number>, key: string): void {
  memory.delete(key);
  memory.set(key, performance.now());
  if (memory.size > REMEMBERED) for (const oldest of memory.keys()) return void memory.delete(oldest);
}

function forgetBefore(memory: Map<string, number>, then: number): void {
  for (const [key, at] of memory) {
    if (at >= then) return;
    memory.delete(key);
  }
}
