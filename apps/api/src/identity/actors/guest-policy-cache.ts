import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type AccessMode, type GuestsMode } from '#libs/domain/event-modes';
import { takesGuests } from '#libs/domain/event-modes';
import { type Bus } from '#libs/bus/bus';
import { BUS } from '../../platform/cluster/bus.js';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { log } from '../../platform/logging/log.js';
import { type Standing } from './actor.js';
import { ActorsRepository, type EventRule } from './actors.repository.js';

/** How often the list is read, in ms. */
const READ_EVERY = 1_000;
const TOPIC = 'event-rules';

/**
 * Who may read each event and what its guests may do, as this node last read it: requests on open connections and cached sign-ins are
 * checked without a query. Another node's change arrives at once through the bus, and within a second without it.
 */
@Injectable()
export class GuestPolicyCache implements OnModuleInit, OnModuleDestroy {
  private rules: ReadonlyMap<string, EventRule> = new Map();
  private readonly listeners = new Set<(eventId: string) => void>();
  /** One read at a time, so that an older result never comes last. */
  private readonly reading = new PeriodicTask('event-rules', () => this.read(), {
    everyMs: READ_EVERY,
    onError: (err) => log.debug({ err }, 'the access modes of events could not be read; the previous ones stay in use'),
  });
  private latest: Promise<void> = Promise.resolve();
  private unsubscribe = () => {};

  constructor(
    private readonly actors: ActorsRepository,
    @Inject(BUS) private readonly bus: Bus,
  ) {}

  async onModuleInit(): Promise<void> {
    this.unsubscribe = this.bus.subscribe(TOPIC, () => void this.refresh());
    this.reading.start();
    await this.refresh();
  }

  onModuleDestroy(): void {
    this.unsubscribe();
    void this.reading.stop();
  }

  of(eventId: string): GuestsMode {
    return this.rules.get(eventId)?.guests ?? 'open';
  }

  accessOf(eventId: string): AccessMode {
    return this.rules.get(eventId)?.access ?? 'open';
  }

  /** Whether the event accepts no guests: existing guests have no rights there. */
  isShut(eventId: string): boolean {
    return !takesGuests(this.accessOf(eventId));
  }

  /** Whether an actor is a guest of an event that no longer accepts guests. */
  isShutOut({ kind, eventId }: Pick<Standing, 'kind' | 'eventId'>): boolean {
    return kind === 'guest' && eventId !== null && this.isShut(eventId);
  }

  /** Calls the listener with the id of each event whose rule changed; returns a function that unsubscribes. Listeners must not wait. */
  onChange(listener: (eventId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Call after a rule was committed: publishes it to the other nodes, and resolves when this node has read it. */
  announce(): Promise<void> {
    this.bus.publish(TOPIC, {}); // this node gets it before the call returns
    return this.latest;
  }

  private refresh(): Promise<void> {
    this.latest = this.reading.trigger();
    return this.latest;
  }

  private async read() {
    const before = this.rules;
    this.rules = await this.actors.eventRules();
    for (const eventId of changedBetween(before, this.rules)) this.tell(eventId);
  }

  /** One listener that throws must not keep the others from closing connections. */
  private tell(eventId: string) {
    for (const listener of this.listeners) {
      try {
        listener(eventId);
      } catch (err) {
        log.error({ err, eventId }, 'a listener of event rules failed');
      }
    }
  }
}

type Rules = ReadonlyMap<string, EventRule>;

function changedBetween(before: Rules, now: Rules): string[] {
  const isOther = (a?: EventRule, b?: EventRule) => a?.guests !== b?.guests || a?.access !== b?.access;
  return [...new Set([...before.keys(), ...now.keys()])].filter((id) => isOther(before.get(id), now.get(id)));
}
