import { useTranslation } from 'react-i18next';
import styles from './moderate.module.css';

const PANELS = ['waiting', 'ranked', 'screen'] as const;
export type Panel = (typeof PANELS)[number];

interface PanelSwitchProps {
  readonly panel: Panel;
  readonly onPanel: (panel: Panel) => void;
  readonly counts: Readonly<Partial<Record<Panel, number>>>;
}

/** On a narrow screen the desk shows one of its columns at a time. */
export function PanelSwitch({ panel, onPanel, counts }: PanelSwitchProps) {
  const { t } = useTranslation('moderate');
  return (
    <div className={styles.panels} role="group" aria-label={t('panels')}>
      {PANELS.map((value) => (
        <button key={value} type="button" aria-pressed={panel === value} onClick={() => onPanel(value)}>
          <span>{t(`column.${value}`)}</span>{' '}
          {counts[value] !== undefined && <span className="muted numbers">{counts[value]}</span>}
        </button>
      ))}
    </div>
  );
}
