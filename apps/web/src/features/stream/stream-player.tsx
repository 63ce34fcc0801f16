import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Room, Session } from '#libs/contract/programme';
import { useFormat } from '../../i18n/use-format.js';
import { announce } from '../../ui/announcer.js';
import { classNames } from '../../ui/class-names.js';
import { type ListeningChoices, StreamControls } from './stream-controls.js';
import { StreamIcon } from './stream-icon.js';
import { chooseLayout, nextLead } from './stream-layout.js';
import { NotStarted, Over, PhaseNotice, SignedOut } from './stream-notice.js';
import styles from './stream-player.module.css';
import { StreamPoster } from './stream-poster.js';
import { StreamSound } from './stream-sound.js';
import { StreamStage } from './stream-stage.js';
import { stageOf } from './stream-state.js';
import { useFullScreen } from './use-full-screen.js';
import { useStream } from './use-stream.js';

export interface StreamPlayerProps {
  readonly session: Session;
  readonly room: Room;
  /** Who watches; null: nobody is signed in, undefined: that is being asked. */
  readonly actorId: string | null | undefined;
  /** Asks who somebody is. */
  readonly onSignIn: () => void;
  readonly viewers?: number | undefined;
  readonly timeZone?: string | undefined;
  /** How far the server's clock is ahead of this one, in milliseconds. */
  readonly serverOffset?: number;
}

/** The stream of a session: a poster with words until it is live. Its size never changes, so nothing below it moves. */
export function StreamPlayer(props: StreamPlayerProps) {
  const { session, room, actorId, onSignIn } = props;
  const { t } = useTranslation('stream');
  const stage = stageOf(session);
  return (
    <section className={styles.player} aria-label={t('label')} data-stage={stage}>
      <StreamPoster room={room} />
      {stage === 'not-started' && (
        <NotStarted session={session} timeZone={props.timeZone} serverOffset={props.serverOffset ?? 0} />
      )}
      {(stage === 'ended' || stage === 'cancelled') && <Over stage={stage} />}
      {stage === 'open' && actorId === null && <SignedOut onSignIn={onSignIn} />}
      {stage === 'open' && actorId !== null && <OpenStream {...props} actorId={actorId ?? null} />}
    </section>
  );
}

const LISTENING: ListeningChoices = { volume: 1, isAudioOnly: false, quality: 'auto' };

/** A stream that is open: from the first connection to the last. */
function OpenStream({ room, actorId, viewers }: StreamPlayerProps & { readonly actorId: string | null }) {
  const { t } = useTranslation('stream');
  const [choices, setChoices] = useState(LISTENING);
  const { volume, isAudioOnly, quality } = choices;
  const { state, view, listen, retry } = useStream({ roomId: room.id, actorId, isAudioOnly, quality });
  const frame = useRef<HTMLDivElement>(null);
  const fullScreen = useFullScreen(frame);
  const [lead, setLead] = useState<string | null>(null);
  const leader = nextLead(view.people, lead);
  if (leader !== lead) setLead(leader);
  const layout = chooseLayout(room.kind, view.people, leader);
  const isLive = state.phase === 'live';
  useAnnouncedPhase(state.phase);

  return (
    <div ref={frame} className={classNames(styles.frame, isLive && styles.live)} data-phase={state.phase} tabIndex={-1}>
      {isLive && !isAudioOnly && <StreamStage layout={layout} />}
      {isLive && isAudioOnly && <p className={styles.listening}>{t('listening')}</p>}
      {view.sounds.map((track) => (
        <StreamSound key={track.sid ?? track.mediaStreamID} track={track} volume={volume} />
      ))}
      {state.phase !== 'live' && <PhaseNotice phase={state.phase} onRetry={retry} />}
      {isLive && <LiveChip viewers={viewers} />}
      {isLive && view.isSilenced && (
        <button type="button" className={styles.listen} onClick={listen}>
          <StreamIcon name="sound" size={24} />
          {t('listen')}
        </button>
      )}
      {isLive && (
        <div className={styles.controls}>
          <StreamControls
            choices={choices}
            onChoose={(change) => setChoices((before) => ({ ...before, ...change }))}
            isFull={fullScreen.isFull}
            onFullScreen={fullScreen.toggle}
          />
        </div>
      )}
    </div>
  );
}

function LiveChip({ viewers }: { readonly viewers?: number | undefined }) {
  const { t } = useTranslation('stream');
  const format = useFormat();
  return (
    <p className={styles.chip}>
      {t('live.chip')}
      {viewers !== undefined && viewers > 0 && (
        <>
          <span aria-hidden="true"> · {format.number(viewers)}</span>
          <span className="visually-hidden">, {t('live.viewers', { count: viewers })}</span>
        </>
      )}
    </p>
  );
}

/** Tells screen readers what the eye sees change, but not the first moments of every page. */
function useAnnouncedPhase(phase: ReturnType<typeof useStream>['state']['phase']): void {
  const { t } = useTranslation('stream');
  const before = useRef(phase);
  useEffect(() => {
    if (before.current === phase) return;
    before.current = phase;
    if (phase !== 'connecting') announce(t(`${phase}.title`));
  }, [phase, t]);
}
