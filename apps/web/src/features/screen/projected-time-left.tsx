import { useTranslation } from 'react-i18next';
import type { Session } from '#libs/contract/programme';
import { formatCountdown } from '../../ui/countdown.js';
import { useNow } from '../../ui/use-now.js';

/** The time that the live session has left; nothing before it and when its time is over. */
export function ProjectedTimeLeft({ session, offset }: { readonly session: Session; readonly offset: number }) {
  const { t } = useTranslation('present');
  const left = Date.parse(session.end) - useNow(500, offset);
  if (session.state !== 'live' || left <= 0) return null;
  return (
    <span role="timer" aria-live="off" className="numbers">
      {t('time-left', { time: formatCountdown(left) })}
    </span>
  );
}
