import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EventSummary } from '#libs/contract/programme';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Shell } from '../shell/shell.js';
import { usePageTitle } from '../../platform/use-page-title.js';
import { localise } from '../../i18n/localise.js';
import { useFormat } from '../../i18n/use-format.js';
import { Card } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { useNow } from '../../ui/use-now.js';
import { eventsQuery } from '../../features/programme/event-query.js';
import styles from './events-page.module.css';
import { type EventPhase, phaseOf } from '../../features/programme/timetable.js';

/** Every event of this hub; with only one, the router goes straight there. */
export function EventsPage() {
  const { t } = useTranslation('programme');
  const { data: events } = useSuspenseQuery(eventsQuery);
  const now = useNow(60_000);
  usePageTitle(t('events.title'));
  return (
    <Shell>
      {events.length === 0 ? (
        <EmptyState level={1} title={t('events.none')}>
          {t('events.none-text')}
        </EmptyState>
      ) : (
        <div className={styles.page}>
          <h1>{t('events.title')}</h1>
          {PHASES.map((phase) => (
            <EventsOf key={phase} phase={phase} events={eventsIn(phase, events, now)} />
          ))}
        </div>
      )}
    </Shell>
  );
}

const PHASES = ['now', 'coming', 'past'] as const;

/** The events of a phase: what comes next first, what was last first. */
function eventsIn(phase: EventPhase, events: readonly EventSummary[], now: number): EventSummary[] {
  const inOrder = events.filter((event) => phaseOf(event, now) === phase).sort(byStart);
  return phase === 'past' ? inOrder.reverse() : inOrder;
}

const byStart = (a: EventSummary, b: EventSummary) => a.start.localeCompare(b.start);

interface EventsOfProps {
  readonly phase: EventPhase;
  readonly events: readonly EventSummary[];
}

function EventsOf({ phase, events }: EventsOfProps) {
  const { t } = useTranslation('programme');
  const id = useId();
  if (events.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.phase}>
        {t(`events.${phase}`)}
      </h2>
      <ul className={styles.list}>
        {events.map((event) => (
          <EventItem key={event.id} event={event} />
        ))}
      </ul>
    </section>
  );
}

function EventItem({ event }: { readonly event: EventSummary }) {
  const { i18n } = useTranslation();
  const format = useFormat(event.timeZone);
  const { title, description } = localise(event, i18n.language);
  return (
    <Card as="li">
      <h3>
        <Link to="/$event" params={{ event: event.slug }}>
          {title}
        </Link>
      </h3>
      <p className="muted">{format.days(event.start, event.end)}</p>
      {description && <p>{description}</p>}
    </Card>
  );
}
