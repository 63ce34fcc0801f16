import { useTranslation } from 'react-i18next';
import type { Session } from '#libs/contract/programme';
import { formatCountdown } from '../../ui/countdown.js';
import { Tag } from '../../ui/tag.js';
import { useNow } from '../../ui/use-now.js';

/** Five minutes before the end a speaker should notice it without reading numbers. */
const SOON_MS = 5 * 60_000;

export function SpeakerTimeLeft({ session, offset }: { readonly session: Session; readonly offset: number }) {
  const { t } = useTranslation('speak');
  const left = Date.parse(session.end) - useNow(1000, offset);
  if (session.state !== 'live') return <Tag>{t(`state.${session.state}`)}</Tag>;
  const time = formatCountdown(Math.abs(left));
  return (
    <Tag tone={left < SOON_MS ? 'warn' : 'live'}>
      <span role="timer" aria-live="off" className="numbers">
        {left >= 0 ? t('left', { time }) : t('over', { time })}
      </span>
    </Tag>
  );
}
