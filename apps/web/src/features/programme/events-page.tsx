import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EventSummary } from '#libs/contract/programme';
import { useTranslation } from 'react-i18next';
import { Shell } from '../../app/shell.js';
import { usePageTitle } from '../../app/use-page-title.js';
import { localise } from '../../i18n/localise.js';
import { useFormat } from '../../i18n/use-format.js';
import { Card } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { eventsQuery } from './event-query.js';
import styles from './events-page.module.css';

/** Every event of this hub; with only one, the router goes straight there. */
export function EventsPage() {
  const { t } = useTranslation('programme');
  const { data: events } = useSuspenseQuery(eventsQuery);
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
          <ul className={styles.list}>
            {events.map((event) => (
              <EventItem key={event.id} event={event} />
            ))}
          </ul>
        </div>
      )}
    </Shell>
  );
}

function EventItem({ event }: { readonly event: EventSummary }) {
  const { i18n } = useTranslation();
  const format = useFormat(event.timeZone);
  const { title, description } = localise(event, i18n.language);
  return (
    <Card as="li">
      <h2>
        <Link to="/$event" params={{ event: event.slug }}>
          {title}
        </Link>
      </h2>
      <p className="muted">
        {format.day(event.start)} – {format.day(event.end)}
      </p>
      {description && <p>{description}</p>}
    </Card>
  );
}
