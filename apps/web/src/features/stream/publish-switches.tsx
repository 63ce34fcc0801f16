import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.js';
import { DeviceTrouble } from './device-trouble.js';
import styles from './publish-controls.module.css';
import type { DeviceKind, DeviceState } from './publish-state.js';
import type { StreamPublisher, PublisherView } from './stream-publisher.js';
import { StreamIcon } from './stream-icon.js';

interface PublishSwitchesProps {
  readonly view: PublisherView;
  readonly publisher: StreamPublisher;
}

/** Microphone, camera, screen, their problems, and the buttons to go on and off air: together, because they stay in view where others scroll. */
export function PublishSwitches({ view, publisher }: PublishSwitchesProps) {
  const { t } = useTranslation('stream');
  const isOnAir = view.phase === 'on-air' || view.phase === 'reconnecting';
  const turn = (kind: DeviceKind) => (isOn: boolean) => void publisher.setOn(kind, isOn);
  return (
    <div className={styles.switches}>
      <DeviceTrouble
        view={view}
        onChoose={(kind, id) => void publisher.choose(kind, id)}
        onRetry={(kind) => turn(kind)(true)}
      />
      <div className={styles.row} role="group" aria-label={t('publish.switches')}>
        <DeviceSwitch kind="microphone" state={view.states.microphone} onTurn={turn('microphone')} />
        <DeviceSwitch kind="camera" state={view.states.camera} onTurn={turn('camera')} />
        {isOnAir && 'getDisplayMedia' in navigator.mediaDevices && (
          <Button
            size="small"
            onClick={() => void (view.isSharing ? publisher.stopSharing() : publisher.shareScreen())}
          >
            <StreamIcon name="screen" />
            {t(view.isSharing ? 'publish.screen.stop' : 'publish.screen.share')}
          </Button>
        )}
      </div>
      <div className={styles.row}>
        {isOnAir ? <Leave publisher={publisher} /> : <GoOnAir {...{ view, publisher }} />}
      </div>
    </div>
  );
}

function Leave({ publisher }: Pick<PublishSwitchesProps, 'publisher'>) {
  const { t } = useTranslation('stream');
  return (
    <Button variant="danger" onClick={() => void publisher.stop()}>
      {t('publish.leave')}
    </Button>
  );
}

function GoOnAir({ view, publisher }: PublishSwitchesProps) {
  const { t } = useTranslation('stream');
  return (
    <>
      <Button variant="primary" unavailable={view.phase === 'connecting'} onClick={() => void publisher.goOnAir()}>
        {t('publish.go')}
      </Button>
      <Button variant="quiet" onClick={() => void publisher.stop()}>
        {t('publish.not-now')}
      </Button>
    </>
  );
}

interface DeviceSwitchProps {
  readonly kind: DeviceKind;
  readonly state: DeviceState;
  readonly onTurn: (isOn: boolean) => void;
}

/** The text states the state, so nobody has to interpret the icon. */
function DeviceSwitch({ kind, state, onTurn }: DeviceSwitchProps) {
  const { t } = useTranslation('stream');
  const isSending = state === 'on';
  return (
    <Button
      size="small"
      className={isSending ? styles.isOn : styles.isOff}
      unavailable={state === 'missing'}
      onClick={() => onTurn(state === 'off' || state === 'ended')}
    >
      <StreamIcon name={kind} />
      {t(`publish.${kind}.state.${state}`)}
    </Button>
  );
}
