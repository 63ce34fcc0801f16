import { Injectable } from '@nestjs/common';
import { type Publishers, type StreamToken } from '#libs/contract/stream';
import { grantsFor } from '#libs/livekit/grants';
import { type StreamParticipant } from '#libs/livekit/room-admin';
import { signToken } from '#libs/livekit/token';
import { type ActorContext } from '../identity/actors/actor.js';
import { allow } from '../identity/access/policy.js';
import { AppError } from '../platform/errors/app-error.js';
import { type KeepsEntries } from '../platform/metrics/keeps-entries.js';
import { StreamRoomsService } from '../programme/stream-rooms.service.js';
import { presentPublishers } from './publisher.presenter.js';
import { StreamIdentities } from './stream-identity.js';
import { StreamSeatsRepository } from './stream-seats.repository.js';
import { StreamStatusService } from './stream-status.service.js';
import { can } from './streams.policy.js';

/** How long a listing is valid; its response from LiveKit grows with the audience. */
const KEEP_MS = 1_500;

@Injectable()
export class StreamsService implements KeepsEntries {
  private readonly listings = new Map<string, Promise<StreamParticipant[]>>();

  constructor(
    private readonly rooms: StreamRoomsService,
    private readonly streams: StreamStatusService,
    private readonly seats: StreamSeatsRepository,
    private readonly identities: StreamIdentities,
  ) {}

  countEntries() {
    return { 'streams.listings': this.listings.size };
  }

  /**
   * A token for one room with exactly the actor's rights there; a request to watch never gets more. Its generation was read with the
   * sign-in: a sign-in that was revoked meanwhile gives a revoked token.
   */
  async token(actor: ActorContext, roomId: string, wish: { readonly publish: boolean }): Promise<StreamToken> {
    const room = await this.rooms.find(actor, roomId);
    const now = new Date();
    allow(can(actor, 'stream.watch', { room, now }));
    const publish = wish.publish && can(actor, 'stream.publish', { room, now }) === null;
    const { credentials, publicUrl } = await this.streams.ready();
    await this.seats.remember(actor.id, room.id);
    const identity = this.identities.issue({ actorId: actor.id, generation: actor.streamGeneration ?? 0 });
    const grants = grantsFor(room.id, { publish });
    const name = publish ? (actor.name ?? undefined) : undefined;
    const { token, expiresAt } = await signToken(credentials, { identity, name, grants });
    const resolvingKey = this.identities.resolvingKeyOf(actor.id);
    return {
      url: publicUrl,
      token,
      identity,
      resolvingKey,
      roomName: room.id,
      expiresAt: expiresAt.toISOString(),
      grants,
    };
  }

  /** Who may publish in the room's stream now, for its moderators. */
  async publishers(actor: ActorContext, roomId: string): Promise<Publishers> {
    const room = await this.rooms.find(actor, roomId);
    allow(can(actor, 'stream.list', { room, now: new Date() }));
    return presentPublishers(await this.list(room.id), this.identities);
  }

  private async list(roomId: string): Promise<StreamParticipant[]> {
    const known = this.listings.get(roomId);
    if (known) return known;
    const { admin } = await this.streams.ready();
    const participants = admin.participants(roomId).catch((cause: unknown) => {
      throw new AppError('stream.unavailable', {
        message: 'The LiveKit server does not answer.',
        retryAfter: 5,
        cause,
      });
    });
    this.listings.set(roomId, participants);
    setTimeout(() => this.listings.delete(roomId), KEEP_MS).unref();
    return participants;
  }
}
