import { useEffect, useRef } from 'react';
import type { Attachable } from './stream-layout.js';

export interface Audible extends Attachable {
  setVolume(volume: number): void;
}

/** The sound of one person; `volume` is 0 to 1. */
export function StreamSound({ track, volume }: { readonly track: Audible; readonly volume: number }) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    track.attach(audio);
    return () => void track.detach(audio);
  }, [track]);
  useEffect(() => {
    track.setVolume(volume);
    if (element.current) element.current.muted = volume === 0;
  }, [track, volume]);
  return <audio ref={element} data-testid="stream-audio" autoPlay />;
}
