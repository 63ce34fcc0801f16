import { ELSEWHERE, ENDED_ATTRIBUTE } from '#libs/contract/stream-ended';
import { type ParticipantInfo, RoomServiceClient, ServerError } from 'livekit-server-sdk';
import { type LiveKitCredentials } from './credentials.js';
import { type SourceName, toSourceName, toTrackSource } from './track-source.js';

/** Seconds after which a call to LiveKit is abandoned: nothing in the hub may wait longer for it. */
const TIMEOUT_SECONDS = 3;

/** A participant who is connected to a LiveKit room. */
export interface StreamParticipant {
  readonly identity: string;
  readonly name: string | null;
  readonly canPublish: boolean;
  /** The sources that they publish now. */
  readonly sources: readonly (SourceName | 'unknown')[];
  readonly joinedAt: Date;
}

/** The hub's operations on LiveKit rooms. Every call ends within three seconds, with an error when LiveKit is unavailable. */
export class RoomAdmin {
  private readonly client: RoomServiceClient;

  constructor({ url, apiKey, apiSecret }: LiveKitCredentials) {
    this.client = new RoomServiceClient(url, apiKey, apiSecret, { requestTimeout: TIMEOUT_SECONDS, failover: false });
  }

  /** The names of all LiveKit rooms that exist now, also those with only viewers in them. */
  async rooms(): Promise<string[]> {
    return (await this.client.listRooms()).map((room) => room.name);
  }

  /** Everybody in a LiveKit room; empty when it does not exist. The response grows with the audience. */
  async participants(roomName: string): Promise<StreamParticipant[]> {
    return (await orWhenGone(this.client.listParticipants(roomName), [])).map(toParticipant);
  }

  /** Closes a participant's connection. Their token stays valid until it expires: LiveKit itself does not prevent them from rejoining. */
  async remove(roomName: string, identity: string): Promise<void> {
    await orWhenGone(this.client.removeParticipant(roomName, identity), undefined);
  }

  /** Closes a connection because the same person is on air elsewhere, and sets that reason on it first: LiveKit's own reason would be `removed`. */
  async replace(roomName: string, identity: string): Promise<void> {
    const attributes = { [ENDED_ATTRIBUTE]: ELSEWHERE };
    await orWhenGone(this.client.updateParticipant(roomName, identity, { attributes }), undefined);
    await this.remove(roomName, identity);
  }

  /** Grants or removes the right to publish; published tracks end with it. Read, change, write: LiveKit replaces permissions as a whole. */
  async setPublishing(roomName: string, identity: string, sources: readonly SourceName[]): Promise<void> {
    const participant = await orWhenGone(this.client.getParticipant(roomName, identity), null);
    if (!participant) return;
    const permission = {
      ...participant.permission,
      canPublish: sources.length > 0,
      canPublishSources: sources.map(toTrackSource),
    };
    await orWhenGone(this.client.updateParticipant(roomName, identity, { permission }), undefined);
  }
}

function toParticipant(info: ParticipantInfo): StreamParticipant {
  return {
    identity: info.identity,
    name: info.name || null,
    canPublish: info.permission?.canPublish ?? false,
    sources: info.tracks.map((track) => toSourceName(track.source)),
    joinedAt: new Date(Number(info.joinedAtMs) || Number(info.joinedAt) * 1000),
  };
}

/** LiveKit returns 404 for rooms and people that have just left; that is not a failure. */
async function orWhenGone<T, F>(call: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return fallback;
    throw error;
  }
}
