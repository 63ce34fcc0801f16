import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { localise } from '../../i18n/localise.js';
import { buttonClass } from '../../ui/button.js';
import { Tag } from '../../ui/tag.js';
import { VisuallyHidden } from '../../ui/visually-hidden.js';
import { CalendarButton } from './calendar-button.js';
import { SessionFacts } from './session-facts.js';
import styles from './slot-row.module.css';
import { StarButton } from './star-button.js';
import { isLongerThanADay, type Slot } from './timetable.js';

interface SlotRowProps {
  readonly event: string;
  readonly slot: Slot;
  readonly format: Format;
}

const MINUTE = 60_000;

/** One line of the programme: time, title, room, and the next action. */
export function SlotRow({ event, slot, format }: SlotRowProps) {
  const { t, i18n } = useTranslation('programme');
  const { session, speakers } = slot;
  const { title, abstract } = localise(session, i18n.language);
  const isCancelled = session.state === 'cancelled';
  return (
    <li className={styles.slot} data-state={session.state}>
      <div className={styles.when}>
        <time dateTime={session.start}>{format.time(session.start)}</time>
        <span>
          {isLongerThanADay(session)
            ? t('until-day', { day: format.shortDay(session.end), time: format.time(session.end) })
            : t('minutes', { count: Math.round((Date.parse(session.end) - Date.parse(session.start)) / MINUTE) })}
        </span>
      </div>
      <div className={styles.what}>
        <h3>
          <Link to="/$event/s/$session" params={{ event, session: session.slug }} className={styles.title}>
            {title}
          </Link>
        </h3>
        {abstract && <p className={styles.abstract}>{abstract}</p>}
        {speakers.length > 0 && <p className={styles.speakers}>{t('with', { names: format.list(speakers) })}</p>}
        <div className={styles.tags}>
          {isCancelled && <Tag tone="warn">{t('cancelled')}</Tag>}
          {session.state === 'live' && <Tag tone="live">{t('live')}</Tag>}
          {session.state === 'ended' && <Tag>{t('ended')}</Tag>}
          <SessionFacts slot={slot} />
        </div>
      </div>
      <SlotStep event={event} slot={slot} title={title} />
    </li>
  );
}

/** The next action: watch a live session, remember a coming one; and the star of the own programme. */
function SlotStep({
  event,
  slot: { session, room },
  title,
}: Omit<SlotRowProps, 'format'> & { readonly title: string }) {
  const { t } = useTranslation('programme');
  return (
    <div className={styles.step}>
      <StarButton session={session} />
      {session.state === 'live' && (
        <Link
          to="/$event/s/$session"
          params={{ event, session: session.slug }}
          className={buttonClass('primary', 'small')}
        >
          {t('watch')} <VisuallyHidden>{title}</VisuallyHidden>
        </Link>
      )}
      {session.state === 'scheduled' && (
        <CalendarButton event={{ slug: event }} session={session} room={room} title={title} />
      )}
    </div>
  );
}
