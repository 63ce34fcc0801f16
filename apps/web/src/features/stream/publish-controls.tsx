import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Room } from '#libs/contract/programme';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { Tag } from '../../ui/tag.js';
import { DeviceChoice } from './device-choice.js';
import styles from './publish-controls.module.css';
import type { PublishPhase } from './publish-state.js';
import type { Publisher, PublisherView } from './publisher.js';
import { StreamIcon } from './stream-icon.js';
import { StreamVideo } from './stream-picture.js';
import { usePublisher } from './use-publisher.js';

export interface PublishControlsProps {
  readonly room: Pick<Room, 'id' | 'kind'>;
}

/** From an unused camera to the air and back. Nothing leaves the device before "Go on air". */
export function PublishControls({ room }: PublishControlsProps) {
  const { t } = useTranslation('stream');
  const { publisher, view, start, hasFailed } = usePublisher(room.id);
  const phase = view?.phase ?? 'off';
  const problem = hasFailed ? 'unreachable' : (view?.problem ?? null);
  useAnnouncedAir(phase);
  return (
    <section className={styles.panel} aria-label={t('publish.label')} data-phase={phase}>
      <header className={styles.head}>
        <h2 className={styles.title}>{t(`publish.phase.${phase}`)}</h2>
        {(phase === 'on-air' || phase === 'reconnecting') && <Tag tone="live">{t('publish.on-air')}</Tag>}
      </header>
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
      {view && publisher && phase !== 'off' && phase !== 'asking' && <Studio view={view} publisher={publisher} />}
    </section>
  );
}

interface StudioProps {
  readonly view: PublisherView;
  readonly publisher: Publisher;
}

/** Everything that needs open devices: the mirror, the switches, the choices. */
function Studio({ view, publisher }: StudioProps) {
  const { t } = useTranslation('stream');
  const { phase, camera, microphone, isCameraOn, isMicrophoneOn } = view;
  const isOnAir = phase === 'on-air' || phase === 'reconnecting';
  return (
    <div className={styles.studio}>
      <div className={styles.mirror}>
        {camera && isCameraOn ? (
          <StreamVideo track={camera} isMirrored label={t('publish.mirror')} />
        ) : (
          <p className={styles.dark}>{t(camera ? 'publish.camera.is-off' : 'publish.camera.missing')}</p>
        )}
      </div>
      <div className={styles.choices}>
        <div className={styles.row} role="group" aria-label={t('publish.switches')}>
          <Switch
            icon="microphone"
            isOn={isMicrophoneOn}
            isMissing={!microphone}
            label={t(isMicrophoneOn ? 'publish.microphone.on' : 'publish.microphone.off')}
            onSwitch={(isOn) => void publisher.setOn('microphone', isOn)}
          />
          <Switch
            icon="camera"
            isOn={isCameraOn}
            isMissing={!camera}
            label={t(isCameraOn ? 'publish.camera.on' : 'publish.camera.off')}
            onSwitch={(isOn) => void publisher.setOn('camera', isOn)}
          />
          {isOnAir && 'getDisplayMedia' in navigator.mediaDevices && (
            <Switch
              icon="screen"
              isOn={view.isSharing}
              label={t(view.isSharing ? 'publish.screen.stop' : 'publish.screen.share')}
              onSwitch={(isOn) => void (isOn ? publisher.shareScreen() : publisher.stopSharing())}
            />
          )}
        </div>
        <DeviceChoice view={view} onChoose={(kind, id) => void publisher.choose(kind, id)} />
        <Acts phase={phase} publisher={publisher} />
      </div>
    </div>
  );
}

function Acts({ phase, publisher }: { readonly phase: PublishPhase; readonly publisher: Publisher }) {
  const { t } = useTranslation('stream');
  if (phase === 'on-air' || phase === 'reconnecting')
    return (
      <div className={styles.row}>
        <Button variant="danger" onClick={() => void publisher.stop()}>
          {t('publish.leave')}
        </Button>
      </div>
    );
  return (
    <div className={styles.row}>
      <Button variant="primary" unavailable={phase === 'connecting'} onClick={() => void publisher.goOnAir()}>
        {t('publish.go')}
      </Button>
      <Button variant="quiet" onClick={() => void publisher.stop()}>
        {t('publish.not-now')}
      </Button>
    </div>
  );
}

interface SwitchProps {
  readonly icon: 'camera' | 'microphone' | 'screen';
  readonly label: string;
  readonly isOn: boolean;
  readonly isMissing?: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}

/** The words say the state, so nobody has to guess what a struck-out drawing means. */
function Switch({ icon, label, isOn, isMissing = false, onSwitch }: SwitchProps) {
  return (
    <Button
      size="small"
      className={isOn || icon === 'screen' ? undefined : styles.isOff}
      unavailable={isMissing}
      onClick={() => onSwitch(!isOn)}
    >
      <StreamIcon name={icon} />
      {label}
    </Button>
  );
}

/** Being on air or not is never left to the eyes alone. */
function useAnnouncedAir(phase: PublishPhase): void {
  const { t } = useTranslation('stream');
  const before = useRef(phase);
  useEffect(() => {
    if (before.current === phase) return;
    before.current = phase;
    announce(t(`publish.phase.${phase}`));
  }, [phase, t]);
}
