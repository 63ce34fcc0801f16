import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { withoutTurns } from '#libs/contract/direction';
import type { Event, Session } from '#libs/contract/programme';
import { NotFoundPage } from '../shell/not-found-page.js';
import { usePageTitle } from '../../platform/use-page-title.js';
import { localise } from '../../i18n/localise.js';
import { serverClock } from '../../platform/server-clock.js';
import { useStore } from '../../ui/use-store.js';
import { VisuallyHidden } from '../../ui/visually-hidden.js';
import { sessionQuery } from '../../features/programme/event-query.js';
import { project } from '../../features/screen/projection.js';
import { Projector } from '../../features/screen/projector.js';
import styles from '../../features/screen/projector.module.css';
import { useAudienceState } from './use-audience-state.js';
import { useShows } from '../../features/screen/use-shows.js';
import { useWakeLock } from './use-wake-lock.js';

/** The projector of a hall. */
export function PresentPage() {
  const { event: eventSlug, session: sessionSlug } = useParams({ from: '/present/$event/$session' });
  const { data: event } = useSuspenseQuery(sessionQuery(eventSlug, sessionSlug));
  const [session] = event.sessions;
  return session ? <Hall event={event} session={session} /> : <NotFoundPage />;
}

function Hall({ event, session: planned }: { readonly event: Event; readonly session: Session }) {
  const { t, i18n } = useTranslation('present');
  const { data, isError } = useAudienceState(planned.id);
  const session = localise(data ? withoutTurns(data.session) : planned, i18n.language);
  const offset = useStore(serverClock);
  useWakeLock();
  usePageTitle(session.title, t('title'));
  const projection = project(session, data ?? { questions: [], polls: [] });
  const shows = useShows();
  return (
    <main className={styles.page}>
      <VisuallyHidden>
        <span role="status">{shows(projection)}</span>
      </VisuallyHidden>
      <Projector
        projection={projection}
        session={session}
        eventTitle={localise(event, i18n.language).title}
        address={`${location.origin}/${event.slug}/s/${session.slug}`}
        viewers={data?.viewers ?? 0}
        offset={offset}
      />
      {isError && (
        <p className={styles.offline} role="status">
          {t('offline')}
        </p>
      )}
    </main>
  );
}
