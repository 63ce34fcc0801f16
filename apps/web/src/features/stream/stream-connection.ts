import {
  ConnectionState,
  RemoteAudioTrack,
  type RemoteParticipant,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  Track,
  VideoQuality,
} from 'livekit-client';
import { DEMO_TRACK } from '#libs/contract/demo-track';
import type { StreamToken } from '#libs/contract/stream';
import { isOwnIdentity } from '#libs/client/own-identity';
import { backoff } from '#libs/retry/backoff';
import { type Readable, Store } from '#libs/client/store';
import type { OnAir } from './stream-layout.js';

/** The requested video quality. auto: as large as it is shown. high: the largest at any size. low: the smallest. */
export type StreamQuality = 'auto' | 'high' | 'low';

/** The sound of one person. */
export interface Sound {
  readonly key: string;
  readonly track: RemoteAudioTrack;
  /** It comes from the synthetic speaker of a demo, and is off until the person turns it on. */
  readonly isDemo: boolean;
}

export interface StreamView {
  readonly status: 'connected' | 'wavering' | 'lost';
  readonly people: readonly OnAir[];
  readonly sounds: readonly Sound[];
  /** The browser plays no sound until the person clicks something. */
  readonly isSilenced: boolean;
}

interface Wishes {
  readonly isAudioOnly: boolean;
  readonly quality: StreamQuality;
}

/** All events after which the picture may have changed. */
const CHANGES = [
  RoomEvent.Connected,
  RoomEvent.Reconnecting,
  RoomEvent.SignalReconnecting,
  RoomEvent.Reconnected,
  RoomEvent.Disconnected,
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantNameChanged,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.AudioPlaybackStatusChanged,
] as const;

/** A few quick attempts with the same token; then the viewer gets a fresh one, because this one is valid for ten minutes. */
const reconnectPolicy = {
  nextRetryDelayInMs: ({ retryCount }: { readonly retryCount: number }) =>
    retryCount < 4 ? backoff({ first: 300, most: 2_400 }, retryCount) : null,
};

/** Watches one LiveKit room. Only this file and the publisher's load livekit-client, and only when a stream is opened. */
export class StreamConnection {
  readonly #room: Room;
  readonly #view = new Store<StreamView>({ status: 'wavering', people: [], sounds: [], isSilenced: false });
  #wishes: Wishes;
  #isClosed = false;

  private constructor(
    wishes: Wishes,
    private readonly resolvingKey: string,
  ) {
    this.#wishes = wishes;
    this.#room = new Room({ adaptiveStream: wishes.quality !== 'high', dynacast: true, reconnectPolicy });
    for (const change of CHANGES) this.#room.on(change, () => this.#refresh());
  }

  /** Resolves when connected; rejects when LiveKit cannot be reached or refuses. */
  static async open({ url, token, resolvingKey }: StreamToken, wishes: Wishes): Promise<StreamConnection> {
    const connection = new StreamConnection(wishes, resolvingKey);
    try {
      await connection.#room.connect(url, token, { maxRetries: 0 });
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  }

  get view(): Readable<StreamView> {
    return this.#view;
  }

  wish(wishes: Wishes): void {
    this.#wishes = wishes;
    this.#refresh();
  }

  /** Call from a click handler: browsers require it. */
  async listen(): Promise<void> {
    await this.#room.startAudio();
  }

  /** Emits no further events: the caller knows. */
  close(): void {
    this.#isClosed = true;
    void this.#room.disconnect();
  }

  #refresh(): void {
    if (this.#isClosed) return;
    const participants = [...this.#room.remoteParticipants.values()].filter((one) => one.trackPublications.size > 0);
    for (const participant of participants) this.#ask(participant);
    this.#view.set({
      status: statusOf(this.#room),
      people: participants.sort(byArrival).map((one) => toOnAir(one, this.#isOwn(one))),
      sounds: participants.filter((one) => !this.#isOwn(one)).flatMap(soundsOf),
      isSilenced: !this.#room.canPlaybackAudio,
    });
  }

  /** A person who publishes, from this page or another, must not hear themselves here (STR-23). */
  #isOwn({ identity }: RemoteParticipant): boolean {
    return isOwnIdentity(identity, this.resolvingKey);
  }

  /** Requests no more than is needed; repeating it sends nothing. */
  #ask(participant: RemoteParticipant): void {
    const { isAudioOnly, quality } = this.#wishes;
    for (const publication of participant.videoTrackPublications.values() as Iterable<RemoteTrackPublication>) {
      if (publication.isDesired === isAudioOnly) publication.setSubscribed(!isAudioOnly);
      if (publication.isSubscribed)
        publication.setVideoQuality(quality === 'low' ? VideoQuality.LOW : VideoQuality.HIGH);
    }
  }
}

function statusOf({ state }: Room): StreamView['status'] {
  if (state === ConnectionState.Connected) return 'connected';
  return state === ConnectionState.Disconnected ? 'lost' : 'wavering';
}

const byArrival = (a: RemoteParticipant, b: RemoteParticipant) =>
  (a.joinedAt?.getTime() ?? 0) - (b.joinedAt?.getTime() ?? 0) || a.identity.localeCompare(b.identity);

function toOnAir(participant: RemoteParticipant, isOwn: boolean): OnAir {
  return {
    identity: participant.identity,
    isOwn,
    name: participant.name ?? '',
    isSpeaking: participant.isSpeaking,
    camera: shown(participant, Track.Source.Camera),
    screen: shown(participant, Track.Source.ScreenShare),
  };
}

function shown(participant: RemoteParticipant, source: Track.Source) {
  const publication = participant.getTrackPublication(source);
  return publication && !publication.isMuted ? (publication.videoTrack ?? null) : null;
}

function soundsOf(participant: RemoteParticipant): Sound[] {
  return [...participant.audioTrackPublications.values()].flatMap(({ trackSid, trackName, audioTrack }) =>
    audioTrack instanceof RemoteAudioTrack
      ? [{ key: trackSid, track: audioTrack, isDemo: trackName === DEMO_TRACK }]
      : [],
  );
}
