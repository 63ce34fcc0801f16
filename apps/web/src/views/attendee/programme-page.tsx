import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Shell } from '../shell/shell.js';
import { usePageTitle } from '../../platform/use-page-title.js';
import { dayKey } from '../../i18n/format.js';
import { localise } from '../../i18n/localise.js';
import { useFormat } from '../../i18n/use-format.js';
import { buttonClass } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { useNow } from '../../ui/use-now.js';
import { useStore } from '../../ui/use-store.js';
import { eventCalendar } from '../../features/programme/calendar.js';
import { DayNav } from '../../features/programme/day-nav.js';
import { DayView } from '../../features/programme/day-view.js';
import { eventQuery } from '../../features/programme/event-query.js';
import { Filters } from '../../features/programme/filters.js';
import styles from './programme-page.module.css';
import { rememberProgramme } from '../../features/programme/last-programme.js';
import { NO_FILTERS, type ProgrammeSearch } from '../../features/programme/programme-search.js';
import { SearchResults } from '../../features/programme/search-results.js';
import { stars } from '../../features/programme/stars.js';
import {
  chooseDay,
  filterChoicesOf,
  countsOf,
  daysOf,
  matches,
  phaseOf,
  type Slot,
  slotsOf,
  slotsOn,
} from '../../features/programme/timetable.js';
import { ZoneSelect } from '../../features/programme/zone-select.js';

const route = getRouteApi('/$event');

/** The programme of an event: the days, what is live now, what comes next. */
export function ProgrammePage() {
  const programme = useProgramme();
  const { event, title, search, slots, days, day, format, change, clear } = programme;
  const isFiltered = Boolean(search.kind ?? search.city ?? search.language ?? search.mine);
  const found = () => daysOf(slots.filter(programme.fits), format.timeZone);
  return (
    <Shell event={{ slug: event.slug, title }} foot={<Foot event={event.slug} zone={format.zoneName()} />}>
      <div className={styles.page}>
        <Head programme={programme} />
        <Filters choices={programme.choices} search={search} onChange={change} />
        <div className={styles.body}>
          <DayNav
            event={event.slug}
            days={days}
            shown={search.q ? undefined : day?.key}
            today={programme.today}
            counts={isFiltered ? countsOf(found()) : undefined}
            search={search}
            format={format}
          />
          {search.q ? (
            <SearchResults event={event.slug} days={found()} format={format} onClear={clear} />
          ) : (
            <DayView
              event={event.slug}
              slots={slotsOn(day, slots, programme.today).filter(programme.fits)}
              isToday={day?.key === programme.today}
              format={format}
              onClear={isFiltered ? clear : undefined}
              following={day && days[days.indexOf(day) + 1]}
            />
          )}
        </div>
      </div>
    </Shell>
  );
}

type Programme = ReturnType<typeof useProgramme>;

/** The sessions that the address asks for, by day. */
function useProgramme() {
  const { event: slug } = route.useParams();
  const search = route.useSearch();
  useEffect(() => rememberProgramme(slug, search), [slug, search]);
  const navigate = route.useNavigate();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  const format = useFormat(event.timeZone);
  const starred = useStore(stars);
  const now = useNow(30_000);
  const today = dayKey(new Date(now).toISOString(), format.timeZone);

  const slots = useMemo(() => slotsOf(event), [event]);
  const days = useMemo(() => daysOf(slots, format.timeZone), [slots, format.timeZone]);
  const choices = useMemo(() => filterChoicesOf(slots), [slots]);
  const day = chooseDay(days, search.day, today);
  const { i18n } = useTranslation('programme');
  const { title, description } = localise(event, i18n.language);
  usePageTitle(title);

  const change = (next: Partial<ProgrammeSearch>) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true, resetScroll: false });
  const fits = (slot: Slot) => matches(slot, search, starred);
  const clear = () => change({ q: undefined, ...NO_FILTERS });
  const read = { event, title, description, search, slots, days, choices, day, today, now, format };
  return { ...read, change, fits, clear };
}

function Head({ programme }: { readonly programme: Programme }) {
  const { t } = useTranslation('programme');
  const { event, title, description, search, day, now, format } = programme;
  const heading = search.q ? t('search.heading', { words: search.q }) : day ? format.day(day.instant) : title;
  return (
    <div className={styles.head}>
      {description && <p className={styles.description}>{description}</p>}
      <h1>{heading}</h1>
      {phaseOf(event, now) === 'past' && (
        <p className={styles.over}>{t('events.over', { days: format.days(event.start, event.end) })}</p>
      )}
      <div className={styles.tools}>
        <ZoneSelect eventTimeZone={event.timeZone} />
        <a href={eventCalendar(event.slug)} className={buttonClass('plain')}>
          <Icon name="calendar" size={18} /> {t('calendar.add')}
        </a>
      </div>
    </div>
  );
}

function Foot({ event, zone }: { readonly event: string; readonly zone: string }) {
  const { t } = useTranslation('programme');
  return (
    <>
      <span>{t('zone.note', { zone })}</span>
      <a href={eventCalendar(event)}>{t('calendar.whole')}</a>
      <Link to="/sign-in" search={{ back: `/${event}` }}>
        {t('team')}
      </Link>
    </>
  );
}
