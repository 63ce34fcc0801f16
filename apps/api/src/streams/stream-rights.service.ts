import { Inject, Injectable } from '@nestjs/common';
import { type StreamParticipant } from '#libs/livekit/room-admin';
import { StandingService } from '../identity/actors/standing.service.js';
import { forEachOf } from '../platform/concurrency/for-each-of.js';
import { log } from '../platform/logging/log.js';
import { type StreamRoom } from '../programme/stream-room.js';
import { StreamRoomsService } from '../programme/stream-rooms.service.js';
import { LIVEKIT, type LiveKit } from './livekit.provider.js';
import { replacedPublishers } from './replaced-publishers.js';
import { type StreamHolder, StreamIdentities } from './stream-identity.js';
import { can } from './streams.policy.js';

/** At most this many people at once: LiveKit is called twice for each who is silenced, and a large number must not be processed one by one. */
const AT_ONCE = 10;

type Connected = Pick<StreamParticipant, 'identity' | 'canPublish'>;
type Present = Connected & Pick<StreamParticipant, 'joinedAt'> & { readonly holder: StreamHolder };

/**
 * Applies the end of rights in Plenum to LiveKit: a token is valid for joining for ten minutes and a connection outlives it, so a person
 * who signs out, is banned, muted, loses a role or is a guest of an event that became `watch_only`, is removed or silenced at once, when
 * they rejoin, and by every sweep (docs/adr/0009).
 */
@Injectable()
export class StreamRightsService {
  constructor(
    @Inject(LIVEKIT) private readonly livekit: LiveKit | null,
    private readonly standing: StandingService,
    private readonly rooms: StreamRoomsService,
    private readonly identities: StreamIdentities,
  ) {}

  /** Checks a participant who has just joined, perhaps with a token from before they signed out, were banned, muted or demoted. */
  async greet(roomId: string, participant: Connected): Promise<void> {
    const room = await this.rooms.look(roomId);
    if (room) await this.judge(room, participant, { isJoining: true }).catch((error: unknown) => warn(error));
  }

  /**
   * Checks these participants of a room, those who may publish first. Pass all connections of each person, or none. An error of LiveKit
   * for one of them leaves that one to the next sweep.
   */
  async enforce(roomId: string, participants: readonly StreamParticipant[]): Promise<void> {
    const room = await this.rooms.look(roomId);
    if (!room || participants.length === 0) return;
    const { present, lost } = this.holders(participants);
    const actorIds = present.map(({ holder }) => holder.actorId);
    const floors = await this.standing.streamFloors(room.eventId, actorIds);
    const isOld = ({ holder }: Present) => holder.generation < (floors.get(holder.actorId) ?? Infinity);
    const replaced = replacedPublishers(present.filter((one) => one.canPublish && !isOld(one)).map(toPublishing));
    const inOrder = [...present].sort((a, b) => Number(b.canPublish) - Number(a.canPublish));
    const ends = inOrder.map((participant) => async () => {
      if (isOld(participant)) await this.livekit?.admin.remove(room.id, participant.identity);
      else if (replaced.has(participant.identity)) await this.livekit?.admin.replace(room.id, participant.identity);
      else if (participant.canPublish) await this.judge(room, participant, { isJoining: false });
    });
    const strangers = lost.map((identity) => async () => this.livekit?.admin.remove(room.id, identity));
    const failures = await forEachOf([...ends, ...strangers], AT_ONCE, async (end) => void (await end()));
    if (failures.length > 0) warn(failures[0], { failed: failures.length });
  }

  /** Their actors; and the identities of a removed key, whose actors are unknown. */
  private holders(participants: readonly StreamParticipant[]) {
    const present: Present[] = [];
    const lost: string[] = [];
    for (const participant of participants) {
      const holder = this.identities.holderOf(participant.identity);
      if (holder) present.push({ ...participant, holder });
      else if (this.identities.isOfLostKey(participant.identity)) lost.push(participant.identity);
    }
    return { present, lost };
  }

  private async judge(
    room: StreamRoom,
    { identity, canPublish: publishes }: Connected,
    { isJoining }: { readonly isJoining: boolean },
  ): Promise<void> {
    const holder = this.identities.holderOf(identity);
    if (!holder) return;
    const actor = await this.standing.find(holder.actorId);
    const now = new Date();
    const isOld = isJoining && holder.generation < (actor?.streamGeneration ?? 0);
    if (!actor || isOld || can(actor, 'stream.watch', { room, now }))
      await this.livekit?.admin.remove(room.id, identity);
    else if (publishes && can(actor, 'stream.publish', { room, now }))
      await this.livekit?.admin.setPublishing(room.id, identity, []);
  }
}

const toPublishing = ({ identity, joinedAt, holder }: Present) => ({ identity, joinedAt, actorId: holder.actorId });

/** LiveKit may be unavailable: the next sweep handles it. */
function warn(error: unknown, more: { readonly failed?: number } = {}): void {
  log.warn({ err: error, ...more }, 'cannot change rights in LiveKit; the next sweep tries again');
}
