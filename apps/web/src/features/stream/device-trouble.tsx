import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.js';
import { UserText } from '../../ui/user-text.js';
import styles from './publish-controls.module.css';
import { DEVICE_KINDS, type DeviceKind, replacementsFor } from './publish-state.js';
import type { PublisherView } from './stream-publisher.js';

interface DeviceTroubleProps {
  readonly view: PublisherView;
  readonly onChoose: (kind: DeviceKind, deviceId: string) => void;
  readonly onRetry: (kind: DeviceKind) => void;
}

/** A device that ended or was muted by the system: the problem, and the replacements. */
export function DeviceTrouble({ view, onChoose, onRetry }: DeviceTroubleProps) {
  const troubled = DEVICE_KINDS.filter((kind) => view.states[kind] === 'ended' || view.states[kind] === 'silent');
  return troubled.map((kind) => (
    <Trouble key={kind} kind={kind} view={view} onChoose={(id) => onChoose(kind, id)} onRetry={() => onRetry(kind)} />
  ));
}

interface TroubleProps {
  readonly kind: DeviceKind;
  readonly view: PublisherView;
  readonly onChoose: (deviceId: string) => void;
  readonly onRetry: () => void;
}

function Trouble({ kind, view, onChoose, onRetry }: TroubleProps) {
  const { t } = useTranslation('stream');
  const state = view.states[kind] === 'ended' ? 'ended' : 'silent';
  const last = view[kind]?.mediaStreamTrack.getSettings().deviceId;
  const offered = replacementsFor(view.devices[kind], last).filter(({ id }) => state === 'ended' || id !== last);
  return (
    <div className={styles.problem} role="alert">
      <p>{t(`publish.${kind}.trouble.${state}`)}</p>
      {state === 'ended' && offered.length === 0 && <p>{t('publish.connect-one')}</p>}
      <div className={styles.row}>
        {offered.map(({ id, label }) => (
          <Button key={id} size="small" onClick={() => onChoose(id)}>
            <span>{t('publish.use')}</span>
            <UserText>{label}</UserText>
          </Button>
        ))}
        {state === 'ended' && offered.length === 0 && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
