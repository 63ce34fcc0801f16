import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { canKnowEvent } from '#libs/domain/event-access';
import { type Bus } from '#libs/bus/bus';
import { CooperativeScheduler } from '#libs/socket-server/cooperative-scheduler';
import { type ActorContext } from '../../identity/actors/actor.js';
import { GuestPolicyCache } from '../../identity/actors/guest-policy-cache.js';
import { AppError } from '../../platform/errors/app-error.js';
import { BUS } from '../../platform/cluster/bus.js';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { log } from '../../platform/logging/log.js';
import { topics } from '../feed.service.js';
import { type Patch } from '../feed-kind.js';
import { type CurrentSession, ReplicaRepository } from './replica.repository.js';
import { EARLY_AT_MOST, ServerReplica } from './server-replica.js';

interface Entry {
  readonly opening: Promise<ServerReplica>;
  readonly stopListening: () => void;
  mirror?: ServerReplica;
  /** Patches that arrived while the replica was being loaded. */
  waiting: Patch[];
  repair?: Promise<void>;
  holeTimer?: NodeJS.Timeout;
  usedAt: number;
}

/** How long a patch may wait for the one before it, in ms: other nodes' patches may overtake each other. */
const HOLE_PATIENCE = 60;
/** How often the database is queried for lost messages, in ms. */
const POLL_EVERY = 1_000;
/** A replica without viewers is dropped after this long, in ms. */
const IDLE = 5 * 60_000;

/** The sessions with viewers on this node, each kept equal to PostgreSQL by patches, and by queries when one is missing. */
@Injectable()
export class ServerReplicas implements OnApplicationShutdown, KeepsEntries {
  private readonly entries = new Map<string, Entry>();
  private readonly changeListeners: ((sessionId: string) => void)[] = [];
  private readonly renewalListeners: ((sessionId: string) => void)[] = [];
  private readonly polling = new PeriodicTask('lost-hints', () => this.askForLostHints(), {
    everyMs: POLL_EVERY,
    onError: (err) => log.warn({ err }, 'the database could not be queried for lost messages'),
  }).start();
  private readonly stopListening: () => void;
  private readonly slices = new CooperativeScheduler();
  readonly counters = { holesRepaired: 0, loads: 0 };

  constructor(
    private readonly repository: ReplicaRepository,
    @Inject(BUS) private readonly bus: Bus,
    private readonly guests: GuestPolicyCache,
  ) {
    this.stopListening = guests.onChange((eventId) => this.takeAccess(eventId));
  }

  countEntries() {
    return { mirrors: this.entries.size };
  }

  onChange(listener: (sessionId: string) => void): void {
    this.changeListeners.push(listener);
  }

  /** The database of a session was restored: what was sent of it belongs to another history. Its replica is dropped already. */
  onRenewed(listener: (sessionId: string) => void): void {
    this.renewalListeners.push(listener);
  }

  /** The replica of a session, loaded once for concurrent requests. Refuses with not_found. */
  async open(sessionId: string): Promise<ServerReplica> {
    const entry = this.entries.get(sessionId) ?? this.start(sessionId);
    entry.usedAt = Date.now();
    return entry.opening;
  }

  /**
   * The same for an actor: a session without viewers is loaded only for those who may know of it. A refusal takes the same query whether
   * the session exists, has viewers, or not: its duration would reveal that.
   */
  async openFor(actor: ActorContext | null, sessionId: string): Promise<ServerReplica> {
    const known = this.peek(sessionId)?.session;
    const isShown = known !== undefined && canKnowEvent(actor, { id: known.eventId, access: known.access });
    if (!isShown && !(await this.repository.isKnownTo(actor, sessionId))) throw missing();
    return this.open(sessionId);
  }

  /**
   * Queries the database now instead of waiting for messages: for a client that has seen this version on another node (G4). Rejects when
   * the query fails.
   */
  async catchUp(sessionId: string, version: number): Promise<void> {
    const entry = this.entries.get(sessionId);
    await entry?.repair?.catch(() => undefined); // one that is running may have read too early
    if (entry?.mirror && entry.mirror.version < version) await this.repair(sessionId, entry);
  }

  /** The replica if it is loaded. */
  peek(sessionId: string): ServerReplica | undefined {
    return this.entries.get(sessionId)?.mirror;
  }

  /** Drops the replicas that were not used for a while. */
  dropIdle(isInUse: (sessionId: string) => boolean, now = Date.now()): void {
    for (const [sessionId, entry] of this.entries)
      if (now - entry.usedAt > IDLE && !isInUse(sessionId)) this.drop(sessionId, entry);
  }

  onApplicationShutdown(): void {
    void this.polling.stop();
    this.slices.close();
    this.stopListening();
    for (const [sessionId, entry] of this.entries) this.drop(sessionId, entry);
  }

  private start(sessionId: string): Entry {
    const entry: Entry = {
      // Subscribes before loading, so that no patch is missed in between.
      stopListening: this.bus.subscribe(topics.patches(sessionId), (patch) => this.receive(entry, patch as Patch)),
      opening: Promise.resolve().then(() => this.load(entry, sessionId)),
      waiting: [],
      usedAt: Date.now(),
    };
    this.entries.set(sessionId, entry);
    entry.opening.catch(() => this.drop(sessionId, entry));
    return entry;
  }

  private async load(entry: Entry, sessionId: string): Promise<ServerReplica> {
    this.counters.loads++;
    const all = await this.repository.read(sessionId, 0);
    if (!all) throw missing();
    const mirror = new ServerReplica({ ...all.session, version: 0 }, all.epoch);
    await this.slices.run(mirror.load(all));
    for (const patch of entry.waiting) mirror.apply(patch);
    entry.waiting = [];
    return (entry.mirror = mirror);
  }

  private receive(entry: Entry, patch: Patch) {
    if (!entry.mirror) hold(entry.waiting, patch);
    else if (entry.mirror.apply(patch)) this.changed(patch.sessionId);
    if (entry.mirror?.hasHole)
      entry.holeTimer ??= setTimeout(() => void this.mendHole(entry, patch.sessionId), HOLE_PATIENCE);
  }

  private async mendHole(entry: Entry, sessionId: string) {
    entry.holeTimer = undefined;
    if (entry.mirror?.hasHole) await this.tryRepair(sessionId, entry);
  }

  /** One read for all concurrent requests. */
  private repair(sessionId: string, entry: Entry): Promise<void> {
    return (entry.repair ??= this.readMissing(sessionId, entry).finally(() => (entry.repair = undefined)));
  }

  private async tryRepair(sessionId: string, entry: Entry): Promise<void> {
    await this.repair(sessionId, entry).catch((error: unknown) =>
      log.warn({ err: error, sessionId }, 'a gap could not be repaired yet'),
    );
  }

  private async readMissing(sessionId: string, entry: Entry) {
    const { mirror } = entry;
    if (!mirror) return;
    const missing = await this.repository.read(sessionId, mirror.version);
    if (missing && missing.epoch !== mirror.epoch) return this.renew(sessionId, entry);
    if (!missing || !mirror.apply(missing)) return;
    this.counters.holesRepaired++;
    this.changed(sessionId);
  }

  private async askForLostHints() {
    const loaded = [...this.entries].filter(([, entry]) => entry.mirror);
    if (loaded.length === 0) return;
    const found = await this.repository.findCurrent(loaded.map(([id]) => id));
    for (const [id, entry] of loaded) await this.compare(id, entry, found.get(id));
  }

  /** The right to see a session depends on the event, and has no version. */
  private async compare(id: string, entry: Entry, row: CurrentSession | undefined) {
    if (!row) return this.drop(id, entry);
    if (row.epoch !== entry.mirror!.epoch) return this.renew(id, entry);
    entry.mirror!.access = row.access;
    if (row.version > entry.mirror!.version) await this.tryRepair(id, entry);
  }

  private takeAccess(eventId: string) {
    for (const { mirror } of this.entries.values())
      if (mirror?.session.eventId === eventId) mirror.access = this.guests.accessOf(eventId);
  }

  private renew(sessionId: string, entry: Entry) {
    log.warn({ sessionId }, 'the database has another history: its clients join again');
    this.drop(sessionId, entry);
    for (const listener of this.renewalListeners) listener(sessionId);
  }

  private changed(sessionId: string) {
    for (const listener of this.changeListeners) listener(sessionId);
  }

  private drop(sessionId: string, entry: Entry) {
    entry.stopListening();
    clearTimeout(entry.holeTimer);
    if (this.entries.get(sessionId) === entry) this.entries.delete(sessionId);
  }
}

const missing = () => new AppError('not_found', { message: 'There is no such session.' });

/** Patches that arrive while nothing can be loaded are bounded; the query of the database finds the others. */
function hold(waiting: Patch[], patch: Patch) {
  if (waiting.length < EARLY_AT_MOST) waiting.push(patch);
}
