import { useTranslation } from 'react-i18next';
import type { Session } from '#libs/contract/programme';
import { QA_STATES } from '#libs/domain/session-states';
import { Select } from '../../ui/select.js';
import { useMedia } from '../../ui/use-media.js';
import styles from './moderate.module.css';
import type { useSessionChange } from './use-session-change.js';

interface SessionSettingsProps {
  readonly session: Session;
  readonly onChange: ReturnType<typeof useSessionChange>;
}

const SLOW_MODES = ['0', '30', '60', '300'] as const;

/** How questions are taken. Folded on a phone, where three selects in one line would show no whole word. */
export function SessionSettings(props: SessionSettingsProps) {
  const { t } = useTranslation('moderate');
  const isNarrow = useMedia('(max-width: 48rem)');
  if (!isNarrow) return <Settings {...props} />;
  return (
    <details className={styles.folded}>
      <summary>{t('settings')}</summary>
      <Settings {...props} isLabelled />
    </details>
  );
}

function Settings({ session, onChange, isLabelled = false }: SessionSettingsProps & { readonly isLabelled?: boolean }) {
  const { t } = useTranslation('moderate');
  return (
    <div className={styles.settings}>
      <Select
        label={t('qa.label')}
        isLabelHidden={!isLabelled}
        value={session.qa}
        onChange={(qa) => void onChange({ qa })}
        options={QA_STATES.map((value) => ({ value, label: t(`qa.${value}`) }))}
      />
      <Select
        label={t('premoderated.label')}
        isLabelHidden={!isLabelled}
        value={session.premoderated ? 'on' : 'off'}
        onChange={(value) => void onChange({ premoderated: value === 'on' })}
        options={(['on', 'off'] as const).map((value) => ({ value, label: t(`premoderated.${value}`) }))}
      />
      <Select
        label={t('slow.label')}
        isLabelHidden={!isLabelled}
        className={styles.slowMode}
        value={String(session.slowMode)}
        onChange={(value) => void onChange({ slowMode: Number(value) })}
        options={[...new Set([...SLOW_MODES, String(session.slowMode)])].map((value) => ({
          value,
          label: value === '0' ? t('slow.off') : t('slow.seconds', { count: Number(value) }),
        }))}
      />
    </div>
  );
}
