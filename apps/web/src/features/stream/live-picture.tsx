import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Room } from '#libs/contract/programme';
import { useFormat } from '../../i18n/use-format.js';
import { announce } from '../../ui/announcer.js';
import { classNames } from '../../ui/class-names.js';
import { StreamControls } from './stream-controls.js';
import { StreamIcon } from './stream-icon.js';
import { chooseLayout, nextLead, type OnAir, type StreamLayout } from './stream-layout.js';
import { PhaseNotice } from './stream-notice.js';
import styles from './stream-player.module.css';
import { StreamSound } from './stream-sound.js';
import { StreamStage } from './stream-stage.js';
import type { StreamPhase } from './stream-state.js';
import { useFullScreen } from './use-full-screen.js';
import type { Listening } from './use-listening.js';
import type { Stream } from './use-stream.js';

interface LivePictureProps {
  readonly room: Pick<Room, 'kind'>;
  readonly stream: Stream;
  readonly listening: Listening;
  readonly viewers?: number | undefined;
  /** The overlay in full screen, where the rest of the page is not visible. */
  readonly overlay?: ReactNode;
  /** Chooses from everybody on air what is shown; without it, what the audience sees. */
  readonly layoutOf?: (people: readonly OnAir[], lead: string | null) => StreamLayout;
}

/** Picture, sound and controls of a stream; a text where there is no picture. Fills the player around it. */
export function LivePicture({ room, stream: { state, view, listen, retry }, listening, ...rest }: LivePictureProps) {
  const { t } = useTranslation('stream');
  const { choices, choose, hasAsked, ask } = listening;
  const frame = useRef<HTMLDivElement>(null);
  const fullScreen = useFullScreen(frame);
  const leader = useLead(view.people);
  const isLive = state.phase === 'live';
  useAnnouncedPhase(state.phase);
  const hear = () => {
    ask();
    listen();
  };
  return (
    <div ref={frame} className={classNames(styles.frame, isLive && styles.live)} data-phase={state.phase} tabIndex={-1}>
      {fullScreen.isFull && rest.overlay}
      {isLive && !choices.isAudioOnly && (
        <StreamStage layout={rest.layoutOf?.(view.people, leader) ?? chooseLayout(room.kind, view.people, leader)} />
      )}
      {isLive && choices.isAudioOnly && <p className={styles.listening}>{t('listening')}</p>}
      {view.sounds.map(({ key, track, isDemo }) => (
        <StreamSound key={key} track={track} volume={isDemo && !hasAsked ? 0 : choices.volume} />
      ))}
      {state.phase !== 'live' && <PhaseNotice phase={state.phase} room={room} onRetry={retry} />}
      {isLive && <LiveChip viewers={rest.viewers} />}
      {isLive && (view.isSilenced || (!hasAsked && view.sounds.some(({ isDemo }) => isDemo))) && (
        <ListenButton onPress={hear} />
      )}
      {isLive && (
        <div className={styles.controls}>
          <StreamControls
            choices={choices}
            onChoose={choose}
            isFull={fullScreen.isFull}
            onFullScreen={fullScreen.toggle}
          />
        </div>
      )}
    </div>
  );
}

/** The person whose picture is large, until another has spoken. */
function useLead(people: readonly OnAir[]): string | null {
  const [lead, setLead] = useState<string | null>(null);
  const leader = nextLead(people, lead);
  if (leader !== lead) setLead(leader);
  return leader;
}

function ListenButton({ onPress }: { readonly onPress: () => void }) {
  const { t } = useTranslation('stream');
  return (
    <button type="button" className={styles.listen} onClick={onPress}>
      <StreamIcon name="sound" size={24} />
      {t('listen')}
    </button>
  );
}

function LiveChip({ viewers }: { readonly viewers?: number | undefined }) {
  const { t } = useTranslation('stream');
  const format = useFormat();
  return (
    <p className={styles.chip}>
      <span>{t('live.chip')}</span>
      {viewers !== undefined && viewers > 0 && (
        <>
          <span aria-hidden="true"> · {format.number(viewers)}</span>
          <span className="visually-hidden">, {t('live.viewers', { count: viewers })}</span>
        </>
      )}
    </p>
  );
}

/** Announces visible changes to screen readers, except the first moments of every page. */
function useAnnouncedPhase(phase: StreamPhase): void {
  const { t } = useTranslation('stream');
  const before = useRef(phase);
  useEffect(() => {
    if (before.current === phase) return;
    before.current = phase;
    if (phase !== 'connecting') announce(t(`${phase}.title`));
  }, [phase, t]);
}
