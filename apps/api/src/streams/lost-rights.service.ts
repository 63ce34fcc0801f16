import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Coalescer } from '#libs/socket-server/coalescer';
import { type ActorEvent } from '../identity/actors/actor-event.js';
import { ActorEvents } from '../identity/actors/actor-events.js';
import { GuestPolicyCache } from '../identity/actors/guest-policy-cache.js';
import { type KeepsEntries } from '../platform/metrics/keeps-entries.js';
import { log } from '../platform/logging/log.js';
import { LIVEKIT, type LiveKit } from './livekit.provider.js';
import { StreamIdentities } from './stream-identity.js';
import { StreamRightsService } from './stream-rights.service.js';
import { StreamSeatsRepository } from './stream-seats.repository.js';

/** The minimum and maximum time between two listings of one room, in ms: more than a second breaks the two of STR-11. */
const TICK_MS = 250;
const MAX_TICK_MS = 1_000;
/** Listings become less frequent once waiting for LiveKit takes this part of the time: it lists whole audiences for them. */
const SHARE = 0.25;

const EVERYBODY = null;

/**
 * Gets on every node who loses a right, and triggers checks of the streams where they may be. One listing of a room serves all events
 * received until it starts, so that nobody can make LiveKit list an audience as often as they sign out.
 */
@Injectable()
export class LostRightsService implements OnModuleInit, OnApplicationShutdown, KeepsEntries {
  private readonly toLookAt = new Map<string, Set<string | typeof EVERYBODY>>();
  private readonly looks = new Coalescer({
    tickMs: TICK_MS,
    maxTickMs: MAX_TICK_MS,
    share: () => SHARE,
    flush: (roomId) => this.look(roomId),
    onError: warn,
  });
  private stops: (() => void)[] = [];

  constructor(
    @Inject(LIVEKIT) private readonly livekit: LiveKit | null,
    private readonly events: ActorEvents,
    private readonly guests: GuestPolicyCache,
    private readonly rights: StreamRightsService,
    private readonly seats: StreamSeatsRepository,
    private readonly identities: StreamIdentities,
  ) {}

  countEntries() {
    return { 'streams.lost-rights': this.toLookAt.size, 'streams.looks': this.looks.size };
  }

  onModuleInit(): void {
    if (!this.livekit) return;
    this.stops = [
      this.events.on((event) => void this.hear(event).catch(warn)),
      this.guests.onChange((eventId) => void this.hearOfGuests(eventId).catch(warn)),
    ];
  }

  onApplicationShutdown(): void {
    for (const stop of this.stops) stop();
    this.looks.close();
  }

  /** Checks only rooms for which they were ever given a token: most people are in no stream or in one. */
  private async hear({ kind, actorId, eventId }: ActorEvent): Promise<void> {
    if (kind === 'renamed') return;
    for (const roomId of await this.seats.roomsOf(actorId, eventId ?? null)) this.mark(roomId, actorId);
  }

  private async hearOfGuests(eventId: string): Promise<void> {
    if (this.guests.of(eventId) !== 'watch_only' && !this.guests.isShut(eventId)) return;
    for (const roomId of await this.seats.roomsOfEvent(eventId)) this.mark(roomId, EVERYBODY);
    if (!this.guests.isShut(eventId)) return;
    for (const { roomId, actorId } of await this.seats.ofGuestsElsewhere(eventId)) this.mark(roomId, actorId);
  }

  private mark(roomId: string, whom: string | typeof EVERYBODY): void {
    this.toLookAt.set(roomId, (this.toLookAt.get(roomId) ?? new Set()).add(whom));
    this.looks.mark(roomId);
  }

  private async look(roomId: string): Promise<number> {
    const startedAt = performance.now();
    const whom = this.toLookAt.get(roomId) ?? new Set();
    this.toLookAt.delete(roomId);
    const present = (await this.livekit?.admin.participants(roomId)) ?? [];
    const isMeant = (identity: string) =>
      whom.has(EVERYBODY) || whom.has(this.identities.holderOf(identity)?.actorId ?? null);
    await this.rights.enforce(
      roomId,
      present.filter(({ identity }) => isMeant(identity)),
    );
    return performance.now() - startedAt;
  }
}

/** LiveKit may be unavailable: the next sweep handles it. */
function warn(error: unknown): void {
  log.warn({ err: error }, 'cannot check lost rights in LiveKit; the next sweep does');
}
