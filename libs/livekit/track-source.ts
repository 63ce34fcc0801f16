import { TrackSource } from 'livekit-server-sdk';

const BY_NAME = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
} as const;

/** What a track shows or carries, spelt as in LiveKit's tokens. */
export type SourceName = keyof typeof BY_NAME;

export const toTrackSource = (name: SourceName): TrackSource => BY_NAME[name];

/** The name of a track's source; `unknown` for sources that LiveKit adds later. */
export function toSourceName(source: TrackSource): SourceName | 'unknown' {
  const names = Object.keys(BY_NAME) as SourceName[];
  return names.find((name) => BY_NAME[name] === source) ?? 'unknown';
}
