import {
  createLocalAudioTrack,
  createLocalVideoTrack,
  type DisconnectReason,
  type LocalAudioTrack,
  type LocalTrack,
  type LocalVideoTrack,
  Room,
  RoomEvent,
  Track,
  VideoPresets,
} from 'livekit-client';
import type { StreamToken } from '#libs/contract/stream';
import { backoff } from '#libs/retry/backoff';
import { type Readable, Store } from '#libs/client/store';
import { ApiError } from '../../platform/api.js';
import {
  type Device,
  DEVICE_KINDS,
  type DeviceKind,
  deviceProblem,
  type DeviceState,
  deviceState,
  endOf,
  isDeclined,
  type PublishPhase,
  type PublishProblem,
  refusalProblem,
} from './publish-state.js';
import { watchTrack } from './watch-track.js';

export interface PublisherView {
  readonly phase: PublishPhase;
  readonly problem: PublishProblem | null;
  /** Why one device does not work although the other may. */
  readonly deviceProblems: Readonly<Record<DeviceKind, PublishProblem | null>>;
  readonly devices: Readonly<Record<DeviceKind, readonly Device[]>>;
  readonly camera: LocalVideoTrack | null;
  readonly microphone: LocalAudioTrack | null;
  /** The state of the tracks, not of the last button pressed. */
  readonly states: Readonly<Record<DeviceKind, DeviceState>>;
  readonly isSharing: boolean;
}

const OFF: PublisherView = {
  phase: 'off',
  problem: null,
  deviceProblems: { camera: null, microphone: null },
  devices: { camera: [], microphone: [] },
  camera: null,
  microphone: null,
  states: { camera: 'missing', microphone: 'missing' },
  isSharing: false,
};

const KINDS = { camera: 'videoinput', microphone: 'audioinput' } as const;
/** A lost connection is retried this often, each time with a fresh token, before the person is asked. */
const RETRIES = 6;

/**
 * The person's own camera and microphone, from the preview to on air and back. It has a separate connection that receives nothing: the
 * player beside it shows and plays the others, before, during and after.
 */
export class StreamPublisher {
  readonly #view = new Store<PublisherView>(OFF);
  #room: Room | null = null;
  #screen: LocalTrack[] = [];
  readonly #lost = new Set<DeviceKind>();
  readonly #leaving: (() => void)[] = [];

  constructor(private readonly requestToken: () => Promise<StreamToken>) {}

  get view(): Readable<PublisherView> {
    return this.#view;
  }

  /** Asks the browser for camera and microphone. One of them is enough. */
  async preview(): Promise<void> {
    if (!('mediaDevices' in navigator))
      return this.#set({ ...OFF, problem: isSecureContext ? 'device' : 'needs-https' });
    this.#set({ ...OFF, phase: 'asking' });
    this.#followDevices();
    const [camera, microphone] = await Promise.all([this.#open('camera'), this.#open('microphone')]);
    if (this.#now.phase !== 'asking') return [camera, microphone].forEach((track) => track?.stop());
    const problem = camera || microphone ? null : (this.#now.deviceProblems.camera ?? 'no-device');
    this.#set({ phase: problem ? 'off' : 'preview', problem });
    await this.#listDevices();
  }

  /** Uses another device; it replaces one that ended and sends again at once. */
  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    await this.#try(kind, async () => {
      const track = this.#now[kind];
      if (!track) return this.#add(await this.#open(kind, deviceId));
      await track.setDeviceId({ exact: deviceId });
      if (this.#lost.has(kind)) await this.#restart(kind, track);
    });
  }

  async goOnAir(): Promise<void> {
    this.#set({ phase: 'connecting', problem: null });
    await this.#connect();
  }

  async setOn(kind: DeviceKind, isOn: boolean): Promise<void> {
    const track = this.#now[kind];
    if (!track) return;
    await this.#try(kind, () => (isOn ? this.#restart(kind, track) : track.mute()));
  }

  async shareScreen(): Promise<void> {
    if (!this.#room) return;
    try {
      this.#screen = await this.#room.localParticipant.createScreenTracks({ audio: true });
      for (const track of this.#screen) await this.#room.localParticipant.publishTrack(track);
      this.#screen[0]?.once('ended', () => void this.stopSharing());
      this.#set({ isSharing: true, problem: null });
    } catch (error) {
      if (!isDeclined(error)) this.#set({ problem: deviceProblem(error) });
    }
  }

  async stopSharing(): Promise<void> {
    const shared = this.#screen;
    this.#screen = [];
    this.#set({ isSharing: false });
    for (const track of shared) await this.#room?.localParticipant.unpublishTrack(track, true);
  }

  /** Goes off air and releases every device; `problem` is the reason where the person did not request it. */
  async stop(problem: PublishProblem | null = null): Promise<void> {
    const { camera, microphone } = this.#now;
    const room = this.#room;
    this.#room = null;
    for (const track of [camera, microphone, ...this.#screen]) track?.stop();
    this.#screen = [];
    this.#lost.clear();
    for (const leave of this.#leaving.splice(0)) leave();
    this.#set({ ...OFF, problem });
    await room?.disconnect();
  }

  get #now(): PublisherView {
    return this.#view.getSnapshot();
  }

  #set(change: Partial<PublisherView>): void {
    this.#view.set({ ...this.#now, ...change });
  }

  #setDeviceProblem(kind: DeviceKind, problem: PublishProblem | null): void {
    this.#set({ deviceProblems: { ...this.#now.deviceProblems, [kind]: problem } });
  }

  async #open(kind: DeviceKind, exact?: string): Promise<LocalVideoTrack | LocalAudioTrack | null> {
    const deviceId = exact === undefined ? undefined : { exact };
    try {
      if (kind === 'microphone') {
        const microphone = await createLocalAudioTrack({ deviceId, echoCancellation: true, noiseSuppression: true });
        this.#set({ microphone });
        this.#followTrack(kind, microphone);
        return microphone;
      }
      const camera = await createLocalVideoTrack({ deviceId, resolution: VideoPresets.h720.resolution });
      this.#set({ camera });
      this.#followTrack(kind, camera);
      return camera;
    } catch (error) {
      this.#setDeviceProblem(kind, deviceProblem(error));
      return null;
    }
  }

  async #try(kind: DeviceKind, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      this.#setDeviceProblem(kind, null);
    } catch (error) {
      this.#setDeviceProblem(kind, deviceProblem(error));
    }
    this.#tellStates();
  }

  async #restart(kind: DeviceKind, track: LocalAudioTrack | LocalVideoTrack): Promise<void> {
    await track.unmute();
    this.#lost.delete(kind);
  }

  #followTrack(kind: DeviceKind, track: LocalAudioTrack | LocalVideoTrack): void {
    const onChange = () => this.#tellStates();
    const onLost = () => {
      this.#lost.add(kind);
      onChange();
      // Others are informed at once. It also keeps LiveKit from choosing another device: that is the person's choice.
      void track.mute();
      void this.#listDevices();
    };
    this.#leaving.push(watchTrack(track, { onChange, onLost }));
  }

  #tellStates(): void {
    const state = (kind: DeviceKind) => {
      const track = this.#now[kind];
      return deviceState(
        track && {
          isOff: track.isMuted,
          isLost: this.#lost.has(kind),
          isMutedBySystem: track.mediaStreamTrack.muted,
        },
      );
    };
    this.#set({ states: { camera: state('camera'), microphone: state('microphone') } });
  }

  /** Connecting and disconnecting devices changes the choices. A track that ended without an event is found here, too. */
  #followDevices(): void {
    const onChange = () => {
      for (const kind of DEVICE_KINDS) {
        const track = this.#now[kind];
        if (track && !track.isMuted && track.mediaStreamTrack.readyState === 'ended') {
          this.#lost.add(kind);
          void track.mute();
        }
      }
      this.#tellStates();
      void this.#listDevices();
    };
    navigator.mediaDevices.addEventListener('devicechange', onChange);
    this.#leaving.push(() => navigator.mediaDevices.removeEventListener('devicechange', onChange));
  }

  /** Devices have names only after the permission was given. */
  async #listDevices(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices();
    const list = (kind: DeviceKind) =>
      all
        .filter((device) => device.kind === KINDS[kind] && device.deviceId !== '')
        .map(({ deviceId, label }, index) => ({ id: deviceId, label: label || String(index + 1) }));
    this.#set({ devices: { camera: list('camera'), microphone: list('microphone') } });
  }

  async #add(track: LocalTrack | null): Promise<void> {
    if (track && this.#room) await this.#room.localParticipant.publishTrack(track);
  }

  async #connect(failures = 0): Promise<void> {
    const room = new Room({ dynacast: true, stopLocalTrackOnUnpublish: false });
    this.#room = room;
    try {
      const { url, token, grants } = await this.requestToken();
      if (!grants.canPublish) return await this.stop('not-allowed');
      await room.connect(url, token, { autoSubscribe: false, maxRetries: 0 });
      for (const track of [this.#now.camera, this.#now.microphone, ...this.#screen]) await this.#add(track);
      if (this.#room !== room) return await room.disconnect();
      this.#follow(room);
      this.#set({ phase: 'on-air', problem: null });
    } catch (error) {
      await room.disconnect();
      if (this.#room === room) await this.#comeBack(failures + 1, error);
    }
  }

  #follow(room: Room): void {
    room.on(RoomEvent.SignalReconnecting, () => this.#set({ phase: 'reconnecting' }));
    room.on(RoomEvent.Reconnecting, () => this.#set({ phase: 'reconnecting' }));
    room.on(RoomEvent.Reconnected, () => this.#set({ phase: 'on-air' }));
    room.on(RoomEvent.ParticipantPermissionsChanged, () => {
      if (!room.localParticipant.permissions?.canPublish) void this.stop('removed');
    });
    room.on(
      RoomEvent.LocalTrackPublished,
      ({ source }) => source === Track.Source.ScreenShare && this.#set({ isSharing: true }),
    );
    room.on(RoomEvent.Disconnected, (reason?: DisconnectReason) => {
      if (this.#room !== room) return;
      const end = endOf(reason, room.localParticipant.attributes);
      void (end ? this.stop(end) : this.#comeBack(0));
    });
  }

  /** The devices stay open: reconnecting needs no new permission, only a fresh token. */
  async #comeBack(failures: number, error?: unknown): Promise<void> {
    const problem = error instanceof ApiError ? refusalProblem(error.code) : 'unreachable';
    const wasOnAir = this.#now.phase !== 'connecting';
    if (problem === 'not-allowed') return this.stop(problem);
    if (!wasOnAir || failures >= RETRIES) {
      this.#room = null;
      return this.#set({ phase: 'preview', problem });
    }
    this.#set({ phase: 'reconnecting' });
    const room = this.#room;
    await new Promise((resolve) => setTimeout(resolve, backoff({ first: 500, most: 8_000 }, failures)));
    if (this.#room === room) await this.#connect(failures);
  }
}
