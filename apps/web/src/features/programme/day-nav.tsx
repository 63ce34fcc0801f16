import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { classNames } from '../../ui/class-names.js';
import tabs from '../../ui/tabs.module.css';
import { VisuallyHidden } from '../../ui/visually-hidden.js';
import styles from './day-nav.module.css';
import type { ProgrammeSearch } from './programme-search.js';
import type { Day } from './timetable.js';

interface DayNavProps {
  readonly event: string;
  readonly days: readonly Day[];
  readonly shown: string | undefined;
  readonly today: string;
  /** The page of Google Calendar with a new entry for this session; nothing is sent before it is opened. */
  readonly counts: ReadonlyMap<string, number> | undefined;
  readonly search: ProgrammeSearch;
  readonly format: Format;
}

/** The days as links, so that each has its own address. */
export function DayNav({ event, days, shown, today, counts, search, format }: DayNavProps) {
  const { t } = useTranslation('programme');
  return (
    <nav aria-label={t('days')} className={classNames(tabs.list, styles.days)}>
      {days.map(({ key, instant }) => (
        <Link
          key={key}
          to="/$event"
          params={{ event }}
          search={{ ...search, q: undefined, day: key }}
          resetScroll={false}
          className={tabs.tab}
          aria-current={key === shown ? 'date' : undefined}
          activeProps={{}}
        >
          <span>{format.shortDay(instant)}</span>
          {counts && (
            <span className={styles.count}>
              {counts.get(key) ?? 0}
              <VisuallyHidden> {t('sessions-count', { count: counts.get(key) ?? 0 })}</VisuallyHidden>
            </span>
          )}
          {key === today && (
            <span className={styles.today}>
              <VisuallyHidden>{t('today')}</VisuallyHidden>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
