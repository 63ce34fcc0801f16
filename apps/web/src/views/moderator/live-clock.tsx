import { useTranslation } from 'react-i18next';
import type { Session } from '#libs/contract/programme';
import { formatCountdown } from '../../ui/countdown.js';
import { Tag } from '../../ui/tag.js';
import { useNow } from '../../ui/use-now.js';

/** How long the session has been live, and how long it still may be. */
export function LiveClock({ session, offset }: { readonly session: Session; readonly offset: number }) {
  const { t } = useTranslation('moderate');
  const now = useNow(1000, offset);
  if (session.state !== 'live') return <Tag>{t(`session.${session.state}`)}</Tag>;
  const since = formatCountdown(now - Date.parse(session.liveAt ?? session.start));
  const left = Date.parse(session.end) - now;
  return (
    <>
      <Tag tone="live">
        <span role="timer" aria-live="off" className="numbers">
          {t('live-since', { time: since })}
        </span>
      </Tag>{' '}
      <span className="muted numbers">
        {left >= 0 ? t('left', { time: formatCountdown(left) }) : t('over', { time: formatCountdown(-left) })}
      </span>
    </>
  );
}
