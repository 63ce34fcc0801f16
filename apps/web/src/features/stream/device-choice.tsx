import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/select.js';
import styles from './publish-controls.module.css';
import type { DeviceKind } from './publish-state.js';
import type { PublisherView } from './stream-publisher.js';

interface DeviceChoiceProps {
  readonly view: PublisherView;
  readonly onChoose: (kind: DeviceKind, deviceId: string) => void;
}

/** The choice of camera and microphone, each with its problem. */
export function DeviceChoice({ view, onChoose }: DeviceChoiceProps) {
  const { t } = useTranslation('stream');
  return (
    <>
      {(['camera', 'microphone'] as const).map((kind) => (
        <div key={kind}>
          {view.devices[kind].length > 0 && (
            <Select
              label={t(`publish.${kind}.choose`)}
              value={view[kind]?.mediaStreamTrack.getSettings().deviceId ?? ''}
              onChange={(deviceId) => onChoose(kind, deviceId)}
              options={view.devices[kind].map(({ id, label }) => ({ value: id, label }))}
            />
          )}
          {view.deviceProblems[kind] && (
            <p className={styles.problem}>
              {t(`publish.${kind}.name`)}: {t(`publish.problem.${view.deviceProblems[kind]}`)}
            </p>
          )}
        </div>
      ))}
    </>
  );
}
