import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Event, Session } from '#libs/contract/programme';
import { api } from '../../platform/api.js';
import { Button, buttonClass } from '../../ui/button.js';
import { Kbd } from '../../ui/kbd.js';
import { openKeyboardHelp } from '../../ui/keyboard-help.js';
import { LiveButton } from './live-button.js';
import styles from './moderate.module.css';
import { SessionSettings } from './session-settings.js';
import { useSessionChange } from './use-session-change.js';

interface SessionBarProps {
  readonly event: Event;
  readonly session: Session;
  readonly viewers: number;
  readonly offset: number;
}

/** The session itself: live or not, how questions are taken, and the ways to its other views. */
export function SessionBar({ event, session, viewers, offset }: SessionBarProps) {
  const { t } = useTranslation('moderate');
  const change = useSessionChange(session.id);
  const params = { event: event.slug, session: session.slug };
  return (
    <div className={styles.bar}>
      <SessionSettings session={session} onChange={change} />
      <p className={styles.health}>
        <span className="numbers">{t('watching', { count: viewers })}</span> · <Health />
      </p>
      <nav className={styles.links} aria-label={t('views')}>
        <Link to="/present/$event/$session" params={params} target="_blank" className={buttonClass('plain', 'small')}>
          {t('projector')}
        </Link>
        <Link to="/$event/s/$session" params={params} target="_blank" className={buttonClass('plain', 'small')}>
          {t('audience')}
        </Link>
        <Button size="small" variant="quiet" className={styles.help} onClick={openKeyboardHelp}>
          <Kbd>?</Kbd> {t('keys')}
        </Button>
        <LiveButton session={session} offset={offset} onChange={change} />
      </nav>
    </div>
  );
}

function Health() {
  const { t } = useTranslation('moderate');
  const { isError, isPending } = useQuery({
    queryKey: ['ready'],
    queryFn: ({ signal }) => api<unknown>('/api/health/ready', { signal }),
    refetchInterval: 10_000,
    retry: false,
  });
  if (isPending) return <span>{t('health.asking')}</span>;
  return <span className={isError ? styles.trouble : undefined}>{t(isError ? 'health.trouble' : 'health.well')}</span>;
}
