import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Event, Session } from '#libs/contract/programme';
import { NotFoundPage } from '../shell/not-found-page.js';
import { Shell } from '../shell/shell.js';
import { usePageTitle } from '../../platform/use-page-title.js';
import { useProblem } from '../../platform/use-problem.js';
import { localise } from '../../i18n/localise.js';
import { Bar } from '../../ui/bar.js';
import { buttonClass } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { sessionQuery } from '../../features/programme/event-query.js';
import { type LiveSession, useSession } from '../../features/session/use-session.js';
import { hasRole, useActor } from '../../features/sign-in/actor.js';
import { Colleagues } from './colleagues.js';
import { Desk } from './desk.js';
import { DeskSkeleton } from './desk-skeleton.js';
import { SessionBar } from './session-bar.js';
import { LiveClock } from './live-clock.js';

export function ModeratePage() {
  const { event: eventSlug, session: sessionSlug } = useParams({ from: '/$event/s/$session/moderate' });
  const { data: event } = useSuspenseQuery(sessionQuery(eventSlug, sessionSlug));
  const [session] = event.sessions;
  return session ? <Console event={event} session={session} /> : <NotFoundPage />;
}

function Console({ event, session: planned }: { readonly event: Event; readonly session: Session }) {
  const { t, i18n } = useTranslation('moderate');
  const actor = useActor(event.id);
  const live = useSession(event, planned.id, { isDesk: true });
  const session = localise(live.session ?? planned, i18n.language);
  usePageTitle(session.title, t('title'));
  const isRefused = live.status === 'refused' || (actor !== undefined && !hasRole(actor, 'moderator', session.id));
  const isReady = live.session !== null && live.view === 'moderator';
  return (
    <Shell
      isFixed
      event={localise(event, i18n.language)}
      heading={
        <>
          <h1>{session.title}</h1> <LiveClock session={session} offset={live.serverOffset} />{' '}
          <Colleagues others={live.desk.others} />
        </>
      }
    >
      {isRefused ? (
        <Refused error={live.error} />
      ) : (
        <>
          {live.isReadOnly && <Bar>{t('common:connection.read-only')}</Bar>}
          {live.status === 'reconnecting' && !live.isReadOnly && <Bar>{t('reconnecting')}</Bar>}
          <SessionBar event={event} session={session} viewers={live.viewers} offset={live.serverOffset} />
          {isReady ? <Desk event={event} session={session} live={live} /> : <DeskSkeleton />}
        </>
      )}
    </Shell>
  );
}

function Refused({ error }: Pick<LiveSession, 'error'>) {
  const { t } = useTranslation('moderate');
  const problem = useProblem();
  return (
    <EmptyState
      level={1}
      title={t('refused.title')}
      action={
        <Link to="/sign-in" search={{ back: location.pathname }} className={buttonClass('primary')}>
          {t('refused.action')}
        </Link>
      }
    >
      {error ? problem(error).text : t('refused.text')}
    </EmptyState>
  );
}
