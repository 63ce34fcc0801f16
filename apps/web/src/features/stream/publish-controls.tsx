import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Room } from '#libs/contract/programme';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { classNames } from '../../ui/class-names.js';
import { Tag } from '../../ui/tag.js';
import { DeviceChoice } from './device-choice.js';
import styles from './publish-controls.module.css';
import { type DeviceKind, presenceOf } from './publish-state.js';
import { PublishSwitches } from './publish-switches.js';
import type { StreamPublisher, PublisherView } from './stream-publisher.js';
import { SoundLevel } from './sound-level.js';
import { StreamIcon } from './stream-icon.js';
import { StreamVideo } from './stream-picture.js';
import { type PublisherState, usePublisher } from './use-publisher.js';

type PublishRoom = Pick<Room, 'id' | 'kind'>;

/** The controls where the rest of the page does not need the on-air state. */
export function PublishPanel({ room }: { readonly room: PublishRoom }) {
  return <PublishControls room={room} publishing={usePublisher(room.id)} />;
}

interface PublishControlsProps {
  readonly room: PublishRoom;
  readonly publishing: PublisherState;
}

/** From an unused camera to on air and back. Nothing leaves the device before "Go on air". */
export function PublishControls({ room, publishing }: PublishControlsProps) {
  const { t } = useTranslation('stream');
  const { publisher, view, phase, problem, isOnAir, start } = publishing;
  const title =
    view && phase === 'on-air'
      ? t(`publish.presence.${presenceOf(view.states, view.isSharing)}`)
      : t(`publish.phase.${phase}`);
  useAnnounced(title);
  const head = (
    <header className={styles.head}>
      <h2 className={styles.title}>{title}</h2>
      {isOnAir && <Tag tone="live">{t('publish.on-air')}</Tag>}
    </header>
  );
  return (
    <section className={styles.panel} aria-label={t('publish.label')} data-phase={phase}>
      {!isOnAir && head}
      {problem && (
        <p className={styles.problem} role="alert">
          {t(`publish.problem.${problem}`)}
        </p>
      )}
      {phase === 'off' && (
        <>
          <p className="muted">{t(`publish.explain.${room.kind}`)}</p>
          <Button variant="primary" className={styles.start} onClick={() => void start()}>
            <StreamIcon name="camera" />
            {t('publish.set-up')}
          </Button>
        </>
      )}
      {phase === 'asking' && <p className="muted">{t('publish.asking')}</p>}
      {view && publisher && phase !== 'off' && phase !== 'asking' && (
        <Studio view={view} publisher={publisher} head={isOnAir && head} />
      )}
    </section>
  );
}

interface StudioProps {
  readonly view: PublisherView;
  readonly publisher: StreamPublisher;
  /** On air, the state is shown beside the preview. */
  readonly head: ReactNode;
}

/** Everything that needs open devices: the preview, the switches, the choices. On air the choices are hidden. */
function Studio({ view, publisher, head }: StudioProps) {
  const { t } = useTranslation('stream');
  const isOnAir = view.phase === 'on-air' || view.phase === 'reconnecting';
  const choose = (kind: DeviceKind, id: string) => void publisher.choose(kind, id);
  const choice = <DeviceChoice view={view} onChoose={choose} />;
  return (
    <>
      <div className={classNames(styles.studio, isOnAir && styles.compact)}>
        <Mirror view={view} />
        <div className={styles.choices}>
          {head}
          {view.microphone && view.states.microphone === 'on' && (
            <SoundLevel track={view.microphone.mediaStreamTrack} />
          )}
          {isOnAir ? (
            <details className={styles.more}>
              <summary>{t('publish.change')}</summary>
              <div className={styles.choices}>{choice}</div>
            </details>
          ) : (
            choice
          )}
        </div>
      </div>
      <PublishSwitches view={view} publisher={publisher} />
    </>
  );
}

function Mirror({ view: { phase, camera, states } }: { readonly view: PublisherView }) {
  const { t } = useTranslation('stream');
  const why = states.camera === 'on' ? 'missing' : states.camera;
  return (
    <div className={classNames(styles.mirror, phase === 'on-air' && styles.isLive)}>
      {camera && states.camera === 'on' ? (
        <StreamVideo track={camera} isMirrored label={t('publish.mirror')} />
      ) : (
        <p className={styles.dark}>{t(`publish.camera.dark.${why}`)}</p>
      )}
    </div>
  );
}

/** The on-air state, and whether picture and sound are sent, are always announced too. */
function useAnnounced(title: string): void {
  const before = useRef(title);
  useEffect(() => {
    if (before.current === title) return;
    before.current = title;
    announce(title);
  }, [title]);
}
