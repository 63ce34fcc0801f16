import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { KeyedSemaphore } from '../platform/concurrency/keyed-semaphore.js';
import { PeriodicTask } from '../platform/concurrency/periodic-task.js';
import { type KeepsEntries } from '../platform/metrics/keeps-entries.js';
import { log } from '../platform/logging/log.js';
import { StreamRoomsService } from '../programme/stream-rooms.service.js';
import { LIVEKIT, type LiveKit } from './livekit.provider.js';
import { StreamRightsService } from './stream-rights.service.js';
import { StreamStatusService } from './stream-status.service.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** How often every room is listed regardless of webhooks: the maximum effect of a lost one. */
const SWEEP_MS = 30_000;
/** Less than that, in seconds, so that the node of the last sweep is not too early for the next one. */
const SWEEP_APART = 25;

/** How long a webhook waits for others of the same room, and for LiveKit to list what it has just reported. */
const SETTLE_MS = 250;

/**
 * Keeps `room.on_air` equal to LiveKit's state. A webhook only triggers a listing: the state always comes from a listing, so lost,
 * repeated and reordered webhooks lead to the same state.
 */
@Injectable()
export class OnAirService implements OnApplicationBootstrap, OnApplicationShutdown, KeepsEntries {
  /** One listing of a room at a time. */
  private readonly turns = new KeyedSemaphore(1);
  private readonly running = new Set<Promise<void>>();
  private readonly waiting = new Set<string>();
  private readonly stopping = new AbortController();
  private readonly sweeping = new PeriodicTask('sweep', () => this.sweepInTurn(), { everyMs: SWEEP_MS });

  constructor(
    @Inject(LIVEKIT) private readonly livekit: LiveKit | null,
    private readonly rooms: StreamRoomsService,
    private readonly rights: StreamRightsService,
    private readonly webhooks: WebhooksRepository,
    private readonly status: StreamStatusService,
  ) {}

  countEntries() {
    return { 'streams.turns': this.turns.size, 'streams.hints': this.waiting.size };
  }

  onApplicationBootstrap(): void {
    void this.sweep();
    this.sweeping.start();
  }

  async onApplicationShutdown(): Promise<void> {
    void this.sweeping.stop();
    this.stopping.abort();
    await Promise.allSettled(this.running);
  }

  /** Lists a room soon: many webhooks are one listing, and two listings of one room never overlap. */
  hint(roomId: string): void {
    if (this.waiting.has(roomId) || this.stopping.signal.aborted) return;
    this.waiting.add(roomId);
    const listing = this.turns
      .run(roomId, () => this.lookLater(roomId))
      .catch((error: unknown) => this.warn(error))
      .finally(() => this.running.delete(listing));
    this.running.add(listing);
  }

  /** One node does the sweep for all. When it has stopped, any other node does the next one. */
  async sweepInTurn(): Promise<void> {
    const isTurn = await this.webhooks.takeSweep(SWEEP_APART).catch((error: unknown) => this.warn(error));
    if (isTurn) await this.sweep();
  }

  /** Lists every room that LiveKit has and every room that is marked on air. Failures wait for the next sweep. */
  async sweep(): Promise<void> {
    try {
      const { state } = await this.status.status();
      // A server that is still being prepared has no rooms, which is not logged as a failure.
      if (!this.livekit || state === 'preparing') return await this.allOff();
      const names = await this.livekit.admin.rooms();
      const open = await this.rooms.knownAmong(names);
      for (const roomId of new Set([...open, ...(await this.rooms.onAir())])) this.hint(roomId);
      await this.webhooks.forgetOld();
    } catch (error) {
      this.warn(error);
    }
  }

  private async lookLater(roomId: string): Promise<void> {
    await delay(SETTLE_MS, undefined, { ref: false, signal: this.stopping.signal });
    await this.look(roomId);
  }

  private async look(roomId: string): Promise<void> {
    this.waiting.delete(roomId);
    const participants = await this.livekit!.admin.participants(roomId);
    await this.rooms.setOnAir(
      roomId,
      participants.some(({ sources }) => sources.length > 0),
    );
    await this.rights.enforce(roomId, participants);
  }

  private async allOff(): Promise<void> {
    for (const roomId of await this.rooms.onAir()) await this.rooms.setOnAir(roomId, false);
  }

  private warn(error: unknown): void {
    if (!this.stopping.signal.aborted) log.warn({ err: error }, 'cannot list who publishes; retrying');
  }
}
