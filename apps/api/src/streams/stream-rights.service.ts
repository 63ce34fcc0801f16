import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type StreamParticipant } from '#libs/livekit/room-admin';
import { type ActorEvent } from '../auth/actor-event.js';
import { ActorEvents } from '../auth/actor-events.js';
import { StandingService } from '../auth/standing.service.js';
import { log } from '../common/log.js';
import { type StreamRoom } from '../programme/stream-room.js';
import { StreamRoomsService } from '../programme/stream-rooms.service.js';
import { LIVEKIT, type LiveKit } from './livekit.provider.js';
import { actorIdOf } from './stream-identity.js';
import { canPublish, canWatch } from './streams.policy.js';

type Connected = Pick<StreamParticipant, 'identity' | 'canPublish'>;

/**
 * Ends in LiveKit what ended in Plenum: a token opens the door for ten minutes and a connection outlives it, so whoever is banned,
 * muted or loses a role is removed or silenced at once, when they come back, and by every sweep.
 */
@Injectable()
export class StreamRightsService implements OnModuleInit, OnApplicationShutdown {
  private stop = () => {};

  constructor(
    @Inject(LIVEKIT) private readonly livekit: LiveKit | null,
    private readonly events: ActorEvents,
    private readonly standing: StandingService,
    private readonly rooms: StreamRoomsService,
  ) {}

  onModuleInit(): void {
    if (!this.livekit) return;
    this.stop = this.events.on((event) => void this.apply(event).catch(warn));
  }

  onApplicationShutdown(): void {
    this.stop();
  }

  /** Looks at somebody who has just joined, perhaps with a token from before they were banned. */
  async greet(roomId: string, participant: Connected): Promise<void> {
    const room = await this.rooms.look(roomId);
    if (room) await this.judge(room, participant).catch(warn);
  }

  /** Looks at everybody in a room: one query for bans, and one more for each who may publish. */
  async enforce(roomId: string, participants: readonly Connected[]): Promise<void> {
    const room = await this.rooms.look(roomId);
    if (!room || participants.length === 0) return;
    const actorIds = participants.map(({ identity }) => actorIdOf(identity)).filter((id) => id !== null);
    const banned = new Set(await this.standing.bannedAmong(room.eventId, actorIds));
    for (const participant of participants) {
      const isBanned = banned.has(actorIdOf(participant.identity) ?? '');
      if (isBanned || participant.canPublish) await this.judge(room, participant);
    }
  }

  private async judge(room: StreamRoom, { identity, canPublish: publishes }: Connected): Promise<void> {
    const actorId = actorIdOf(identity);
    if (!actorId) return;
    const actor = await this.standing.find(actorId);
    const now = new Date();
    if (!actor || !canWatch(actor, room, now)) await this.livekit?.admin.remove(room.id, identity);
    else if (publishes && !canPublish(actor, room, now)) await this.livekit?.admin.setPublishing(room.id, identity, []);
  }

  private async apply({ kind, actorId, eventId }: ActorEvent): Promise<void> {
    if (!this.livekit) return;
    const { admin } = this.livekit;
    const open = await this.rooms.knownAmong(await admin.rooms());
    const roomIds = eventId ? (await this.rooms.ofEvent(eventId)).filter((id) => open.includes(id)) : open;
    for (const roomId of roomIds) {
      const theirs = (await admin.participants(roomId)).filter(({ identity }) => actorIdOf(identity) === actorId);
      if (kind === 'changed') await this.enforce(roomId, theirs);
      else for (const { identity } of theirs) await admin.remove(roomId, identity);
    }
  }
}

/** LiveKit may be away: the next sweep sees to it. */
function warn(error: unknown): void {
  log.warn({ err: error }, 'cannot change rights in LiveKit; the next sweep tries again');
}
