import { type LocalAudioTrack, type LocalVideoTrack, TrackEvent } from 'livekit-client';

export interface TrackWatcher {
  /** The state of the track may have changed. */
  readonly onChange: () => void;
  /** The device ended although nobody stopped it; a stopped track has no event. */
  readonly onLost: () => void;
}

/** The events of LiveKit's track after which its state may have changed. */
const CHANGES = [TrackEvent.Muted, TrackEvent.Unmuted, TrackEvent.UpstreamPaused, TrackEvent.UpstreamResumed] as const;

/** Follows a track through every device that it gets. Returns how to stop. */
export function watchTrack(track: LocalAudioTrack | LocalVideoTrack, { onChange, onLost }: TrackWatcher): () => void {
  let device: MediaStreamTrack | null = null;
  const followDevice = () => {
    leaveDevice();
    device = track.mediaStreamTrack;
    device.addEventListener('mute', onChange);
    device.addEventListener('unmute', onChange);
    onChange();
  };
  const leaveDevice = () => {
    device?.removeEventListener('mute', onChange);
    device?.removeEventListener('unmute', onChange);
  };
  for (const change of CHANGES) track.on(change, onChange);
  track.on(TrackEvent.Ended, onLost);
  track.on(TrackEvent.Restarted, followDevice);
  followDevice();
  return () => {
    leaveDevice();
    for (const change of CHANGES) track.off(change, onChange);
    track.off(TrackEvent.Ended, onLost);
    track.off(TrackEvent.Restarted, followDevice);
  };
}
