import { useEffect, useRef, useState } from 'react';
import { Store } from '#libs/client/store';
import { loadPart } from '../../platform/load-part.js';
import { useStore } from '../../ui/use-store.js';
import type { PublishPhase, PublishProblem } from './publish-state.js';
import type { StreamPublisher, PublisherView } from './stream-publisher.js';
import { requestStreamToken } from './stream-token.js';

const nobody = new Store<PublisherView | null>(null);

export interface PublisherState {
  readonly publisher: StreamPublisher | null;
  readonly view: PublisherView | null;
  readonly phase: PublishPhase;
  readonly problem: PublishProblem | null;
  readonly isOnAir: boolean;
  /** Loads the code and requests camera and microphone. */
  readonly start: () => Promise<void>;
}

/** The person's publisher for one room; livekit-client is loaded on demand, and every device is released at the end. */
export function usePublisher(roomId: string): PublisherState {
  const [publisher, setPublisher] = useState<StreamPublisher | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const isHere = useRef(true);
  const view = useStore<PublisherView | null>(publisher?.view ?? nobody);

  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  useEffect(() => () => void publisher?.stop(), [publisher]);

  const start = async () => {
    setHasFailed(false);
    try {
      const { StreamPublisher } = await loadPart(() => import('./stream-publisher.js'));
      if (!isHere.current) return;
      const made = publisher ?? new StreamPublisher(() => requestStreamToken(roomId, { publish: true }));
      setPublisher(made);
      await made.preview();
    } catch {
      setHasFailed(true);
    }
  };
  const phase = view?.phase ?? 'off';
  const isOnAir = phase === 'on-air' || phase === 'reconnecting';
  return { publisher, view, phase, problem: hasFailed ? 'unreachable' : (view?.problem ?? null), isOnAir, start };
}
