import { useState } from 'react';
import type { StreamQuality } from './stream-connection.js';

export interface ListeningChoices {
  readonly volume: number;
  readonly isAudioOnly: boolean;
  readonly quality: StreamQuality;
}

export interface Listening {
  readonly choices: ListeningChoices;
  readonly choose: (change: Partial<ListeningChoices>) => void;
  /** The person turned the sound on: only then the synthetic speaker of a demo is heard. */
  readonly hasAsked: boolean;
  readonly ask: () => void;
}

const FIRST: ListeningChoices = { volume: 1, isAudioOnly: false, quality: 'auto' };

/** The person's choices for picture and sound, for as long as the page is open. */
export function useListening(): Listening {
  const [choices, setChoices] = useState(FIRST);
  const [hasAsked, setHasAsked] = useState(false);
  return {
    choices,
    choose: (change) => setChoices((before) => ({ ...before, ...change })),
    hasAsked,
    ask: () => setHasAsked(true),
  };
}
