import { useTranslation } from 'react-i18next';
import type { Room, Session } from '#libs/contract/programme';
import { useHub } from '../../platform/hub.js';
import { useFormat } from '../../i18n/use-format.js';
import { Button } from '../../ui/button.js';
import { useNow } from '../../ui/use-now.js';
import { StreamMessage } from './stream-message.js';
import styles from './stream-message.module.css';
import { startsIn } from './starts-in.js';
import type { StreamPhase, StreamAvailability } from './stream-state.js';

interface NotStartedProps {
  readonly session: Pick<Session, 'start' | 'end'>;
  readonly timeZone?: string | undefined;
  readonly serverOffset: number;
}

export function NotStarted({ session, timeZone, serverOffset }: NotStartedProps) {
  const { t, i18n } = useTranslation('stream');
  const format = useFormat(timeZone);
  const left = Date.parse(session.start) - useNow(1000, serverOffset);
  const when = startsIn(i18n.language, left);
  const hours = `${format.day(session.start)}, ${format.timeRange(session.start, session.end)} (${format.zoneName()})`;
  return <StreamMessage title={when ? t('not-started.title', { when }) : t('not-started.soon')} text={hours} />;
}

export function Over({ availability }: { readonly availability: Extract<StreamAvailability, 'ended' | 'cancelled'> }) {
  const { t } = useTranslation('stream');
  return <StreamMessage title={t(`${availability}.title`)} text={t(`${availability}.text`)} />;
}

export function SignedOut({ onSignIn }: { readonly onSignIn: () => void }) {
  const { t } = useTranslation('stream');
  return (
    <StreamMessage title={t('signed-out.title')} text={t('signed-out.text')}>
      <Button variant="primary" onClick={onSignIn}>
        {t('signed-out.action')}
      </Button>
    </StreamMessage>
  );
}

/** Phases with an automatic process. */
const BUSY = new Set<StreamPhase>(['connecting', 'preparing', 'interrupted']);

interface PhaseNoticeProps {
  readonly phase: Exclude<StreamPhase, 'live'>;
  readonly room: Pick<Room, 'kind'>;
  readonly onRetry: () => void;
}

export function PhaseNotice({ phase, room, onRetry }: PhaseNoticeProps) {
  const { t } = useTranslation('stream');
  const lacksDemo = useHub()?.demoStage === 'not-installed' && phase === 'waiting' && room.kind === 'plenary';
  return (
    <StreamMessage
      title={t(`${phase}.title`)}
      text={phase === 'connecting' ? undefined : t(`${phase}.text`)}
      isBusy={BUSY.has(phase)}
    >
      {lacksDemo && <p className={styles.text}>{t('waiting.no-demo')}</p>}
      {(phase === 'unavailable' || phase === 'refused') && <Button onClick={onRetry}>{t('retry')}</Button>}
    </StreamMessage>
  );
}
