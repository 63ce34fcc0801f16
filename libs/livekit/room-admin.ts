import { ELSEWHERE, ENDED_ATTRIBUTE } from '#libs/contract/stream-ended';
import { type ParticipantInfo, RoomServiceClient, ServerError } from 'livekit-server-sdk';
import { type LiveKitCredentials } from './credentials.js';
import { type SourceName, toSourceName, toTrackSource } from './track-source.js';

/** Seconds after which a call to LiveKit is given up: nothing in the hub may wait longer for it. */
const TIMEOUT_SECONDS = 3;

/** Somebody who is connected to a LiveKit room. */
export interface StreamParticipant {
  readonly identity: string;
  readonly name: string | null;
  readonly canPublish: boolean;
  /** What they are sending now. */
  readonly sources: readonly (SourceName | 'unknown')[];
  readonly joinedAt: Date;
}

/** What the hub asks of and does to LiveKit rooms. Every call ends within three seconds, with an error when LiveKit is away. */
export class RoomAdmin {
  private readonly client: RoomServiceClient;

  constructor({ url, apiKey, apiSecret }: LiveKitCredentials) {
    this.client = new RoomServiceClient(url, apiKey, apiSecret, { requestTimeout: TIMEOUT_SECONDS, failover: false });
  }

  /** The names of all LiveKit rooms that exist now, also those with only viewers in them. */
  async rooms(): Promise<string[]> {
    return (await this.client.listRooms()).map((room) => room.name);
  }

  /** Everybody in a LiveKit room; nobody when it does not exist. Costs a message as long as the audience is large. */
  async participants(roomName: string): Promise<StreamParticipant[]> {
    return (await orWhenGone(this.client.listParticipants(roomName), [])).map(toParticipant);
  }

  /** Ends somebody's connection. Their token stays good until it expires: LiveKit itself does not stop them from coming back. */
  async remove(roomName: string, identity: string): Promise<void> {
    await orWhenGone(this.client.removeParticipant(roomName, identity), undefined);
  }

  /** Ends a connection because the same person is on air elsewhere, and says so to it first: LiveKit's own reason would be `removed`. */
  async replace(roomName: string, identity: string): Promise<void> {
    const attributes = { [ENDED_ATTRIBUTE]: ELSEWHERE };
    await orWhenGone(this.client.updateParticipant(roomName, identity, { attributes }), undefined);
    await this.remove(roomName, identity);
  }

  /** Gives or takes the right to publish; what they publish ends with it. Read, change, write: LiveKit replaces permissions whole. */
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

/** LiveKit answers 404 for rooms and people that have just left; that is no failure. */
async function orWhenGone<T, F>(call: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return fallback;
    throw error;
  }
}
