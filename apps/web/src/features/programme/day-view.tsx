import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { Button, buttonClass } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import styles from './day-view.module.css';
import { LiveCard } from './live-card.js';
import { SlotRow } from './slot-row.js';
import type { Day, Slot } from './timetable.js';

interface DayViewProps {
  readonly event: string;
  readonly slots: readonly Slot[];
  readonly isToday: boolean;
  readonly format: Format;
  /** Given when filters are set. */
  readonly onClear: (() => void) | undefined;
  /** The next day, linked at the end of the list. */
  readonly following: Day | undefined;
}

/** One day: live now, next, and what is over; another day than today is one list. */
export function DayView(props: DayViewProps) {
  const { event, following, format } = props;
  return (
    <>
      <DaySessions {...props} />
      {following && <NextDay event={event} day={following} format={format} />}
    </>
  );
}

function NextDay({ event, day, format }: { readonly event: string; readonly day: Day; readonly format: Format }) {
  const { t } = useTranslation('programme');
  return (
    <p className={styles.following}>
      <Link to="/$event" params={{ event }} search={(now) => ({ ...now, day: day.key })} className={buttonClass()}>
        {t('next-day', { day: format.day(day.instant) })}
      </Link>
    </p>
  );
}

function DaySessions({ event, slots, isToday, format, onClear }: DayViewProps) {
  const { t } = useTranslation('programme');
  if (slots.length === 0)
    return (
      <EmptyState title={t('empty.title')} action={onClear && <Button onClick={onClear}>{t('filter.clear')}</Button>}>
        {onClear ? t('empty.filtered') : t('empty.day')}
      </EmptyState>
    );
  const live = slots.filter(({ session }) => session.state === 'live');
  const coming = slots.filter(({ session }) => session.state === 'scheduled' || session.state === 'cancelled');
  const over = slots.filter(({ session }) => session.state === 'ended');
  const list = { event, format };
  if (!isToday && live.length === 0) return <SlotList {...list} title={t('sessions')} slots={slots} isTitleHidden />;
  return (
    <>
      <LiveNow {...list} slots={live} />
      <SlotList {...list} title={t(live.length > 0 || over.length > 0 ? 'next' : 'sessions')} slots={coming} />
      <SlotList {...list} title={t('earlier')} slots={over} />
    </>
  );
}

interface ListProps {
  readonly event: string;
  readonly slots: readonly Slot[];
  readonly format: Format;
}

function LiveNow({ event, slots, format }: ListProps) {
  const { t } = useTranslation('programme');
  const id = useId();
  if (slots.length === 0) return null;
  const first = slots.filter(({ room }) => room?.kind === 'plenary');
  const ordered = [...first, ...slots.filter((slot) => !first.includes(slot))];
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {t('live-now')}
      </h2>
      <ul className={styles.live}>
        {ordered.map((slot) => (
          <LiveCard key={slot.session.id} event={event} slot={slot} format={format} />
        ))}
      </ul>
    </section>
  );
}

export function SlotList({
  event,
  slots,
  format,
  title,
  isTitleHidden = false,
}: ListProps & { readonly title: string; readonly isTitleHidden?: boolean }) {
  const id = useId();
  if (slots.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={isTitleHidden ? 'visually-hidden' : styles.heading}>
        {title}
      </h2>
      <ul className={styles.list}>
        {slots.map((slot) => (
          <SlotRow key={slot.session.id} event={event} slot={slot} format={format} />
        ))}
      </ul>
    </section>
  );
}
