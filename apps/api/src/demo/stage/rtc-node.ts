import { createRequire } from 'node:module';

/** Not a constant of the import: the compiler must not resolve a package that may be missing. */
const PACKAGE: string = '@livekit/rtc-node';

interface LocalTrack {
  readonly sid?: string;
}

interface VideoSource {
  captureFrame(frame: object): void;
}
interface AudioSource {
  captureFrame(frame: object): Promise<void>;
  close(): Promise<void>;
}

export interface RtcRoom {
  /** How many are connected, including oneself and hidden viewers. */
  readonly numParticipants: number;
  readonly localParticipant?: {
    publishTrack(track: LocalTrack, options: object): Promise<{ readonly sid?: string }>;
    unpublishTrack(sid: string): Promise<void>;
  };
  connect(url: string, token: string, options: object): Promise<void>;
  disconnect(): Promise<void>;
  on(event: 'roomUpdated' | 'reconnecting' | 'disconnected', listener: () => void): unknown;
  on(event: 'localTrackUnpublished', listener: (publication?: { readonly sid?: string }) => void): unknown;
}

/** The part of `@livekit/rtc-node` that the stage uses. It is an optional dependency, so its types must not be needed either. */
export interface RtcNode {
  readonly Room: new () => RtcRoom;
  readonly VideoSource: new (width: number, height: number) => VideoSource;
  readonly AudioSource: new (rate: number, channels: number, queueMs: number) => AudioSource;
  readonly VideoFrame: new (data: Uint8Array, width: number, height: number, type: number) => object;
  readonly AudioFrame: new (data: Int16Array, rate: number, channels: number, samples: number) => object;
  readonly LocalVideoTrack: { createVideoTrack(name: string, source: VideoSource): LocalTrack };
  readonly LocalAudioTrack: { createAudioTrack(name: string, source: AudioSource): LocalTrack };
  readonly TrackPublishOptions: new (options: object) => object;
  readonly TrackSource: { readonly SOURCE_CAMERA: number; readonly SOURCE_MICROPHONE: number };
  readonly VideoBufferType: { readonly I420: number };
}

/** Whether the package is installed; its native part may still be missing, which only loading it shows. */
export function isRtcNodeInstalled(): boolean {
  try {
    return createRequire(import.meta.url).resolve(PACKAGE) !== '';
  } catch {
    return false;
  }
}

/** Null where the package or its native part is not installed. */
export async function loadRtcNode(): Promise<RtcNode | null> {
  try {
    return (await import(PACKAGE)) as RtcNode;
  } catch {
    return null;
  }
}
