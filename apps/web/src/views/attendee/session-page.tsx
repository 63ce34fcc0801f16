import type { Event, Session } from '#libs/contract/programme';
import { takesGuests } from '#libs/domain/event-modes';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../ui/lazy-part.js';
import { NotFoundPage } from '../shell/not-found-page.js';
import { Shell } from '../shell/shell.js';
import { usePageTitle } from '../../platform/use-page-title.js';
import { isReadingLimited } from '../../platform/read-again.js';
import { useProblem } from '../../platform/use-problem.js';
import { dayKey } from '../../i18n/format.js';
import { localise } from '../../i18n/localise.js';
import { useFormat } from '../../i18n/use-format.js';
import { Bar } from '../../ui/bar.js';
import { buttonClass } from '../../ui/button.js';
import { ErrorState } from '../../ui/error-state.js';
import { useHasBeen } from '../../ui/use-has-been.js';
import { useMedia } from '../../ui/use-media.js';
import { sessionQuery } from '../../features/programme/event-query.js';
import { lastProgramme } from '../../features/programme/last-programme.js';
import { FullScreenPoll } from '../../features/polls/poll-call.js';
import { hasRole, useActor } from '../../features/sign-in/actor.js';
import { GuestDialog } from '../../features/sign-in/guest-dialog.js';
import { askWho } from '../../features/sign-in/require-actor.js';
import { useGuestSignIn } from '../../features/sign-in/use-guest.js';
import { SessionNow } from './session-now.js';
import styles from './session-page.module.css';
import { SessionPanel } from './session-panel.js';
import { useAnnouncements } from './use-announcements.js';
import { type LiveSession, useSession } from '../../features/session/use-session.js';
import { useWriting } from '../../features/session/use-writing.js';

const StreamPlayer = lazyPart(async () => (await import('../../features/stream/stream-player.js')).StreamPlayer);
const PublishPanel = lazyPart(async () => (await import('../../features/stream/publish-controls.js')).PublishPanel);
const route = getRouteApi('/$event/s/$session');
/** Stream and panel side by side, with room for both; a phone held sideways has a layout of its own, in the style sheets. */
const WIDE = '(min-width: 64rem) and (min-height: 30.01rem)';

/** A session: its stream, its questions, its polls. */
export function SessionPage() {
  const params = route.useParams();
  const { data: event } = useSuspenseQuery(sessionQuery(params.event, params.session));
  const [session] = event.sessions;
  return session ? <SessionView key={session.id} event={event} planned={session} /> : <NotFoundPage />;
}

function SessionView({ event, planned }: { readonly event: Event; readonly planned: Session }) {
  const { t, i18n } = useTranslation('session');
  const problem = useProblem();
  const format = useFormat(event.timeZone);
  const isWide = useMedia(WIDE);
  const live = useSession(event, planned.id);
  useAnnouncements(live);
  const writing = useWriting(isWide);
  const session = live.session ?? planned;
  const { title } = localise(session, i18n.language);
  const eventTitle = localise(event, i18n.language).title;
  usePageTitle(title, eventTitle);
  const refusal = live.status === 'refused' ? problem(live.error) : null;
  return (
    <Shell
      event={{
        slug: event.slug,
        title: eventTitle,
        back: lastProgramme(event.slug) ?? { day: dayKey(session.start, format.timeZone) },
      }}
      heading={isWide ? `${format.shortDay(session.start)} · ${t(`kind.${session.kind}`)}` : undefined}
      tools={<Doors event={event.slug} session={session} eventId={event.id} />}
    >
      <div className={styles.page} data-writing={writing.mode ?? undefined} style={writing.style}>
        {(live.isReadOnly || live.status === 'reconnecting') && <Offline live={live} />}
        <Stage event={event} session={session} live={live} isWide={isWide} />
        <div className={styles.panel}>
          {refusal ? (
            <ErrorState title={t('refused')} requestId={refusal.requestId} onRetry={() => location.reload()}>
              {refusal.text}
            </ErrorState>
          ) : (
            <SessionPanel event={event} session={session} live={live} writing={writing} />
          )}
        </div>
      </div>
      <GuestDialog />
    </Shell>
  );
}

function Offline({ live }: { readonly live: LiveSession }) {
  const { t } = useTranslation('session');
  const problem = useProblem();
  return (
    <div className={styles.offline}>
      <Bar>
        {isReadingLimited(live.error)
          ? problem(live.error).text
          : t(live.isReadOnly ? 'common:connection.read-only' : 'common:connection.reconnecting')}
      </Bar>
    </div>
  );
}

interface StageProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
  readonly isWide: boolean;
}

/** The stream, what happens now, and the way onto the stream where everybody may speak. */
function Stage({ event, session, live, isWide }: StageProps) {
  return (
    <div className={styles.stage}>
      <div className={styles.stream}>
        <div className={styles.screen}>
          <Stream event={event} session={session} live={live} />
        </div>
      </div>
      <div className={styles.now}>
        <SessionNow event={event} session={session} live={live} isWide={isWide} />
      </div>
      {live.guests !== 'watch_only' && <TakePart event={event} session={session} />}
    </div>
  );
}

/** The stream loads apart, so that questions and polls never wait for it. */
function Stream({ event, session, live }: Omit<StageProps, 'isWide'>) {
  const actor = useActor(event.id);
  const guest = useGuestSignIn(event);
  const format = useFormat(event.timeZone);
  const room = event.rooms.find(({ id }) => id === session.roomId);
  const hasWords = useHasBeen(live.session !== null); // first what people read, then the code of the stream
  const watch = () => {
    if (takesGuests(event.access)) guest.mutate('');
    else void askWho(event);
  };
  if (!room) return <div className={styles.waiting} />;
  return (
    <Suspense fallback={<div className={styles.waiting} aria-busy="true" />}>
      <StreamPlayer
        session={session}
        room={room}
        actorId={actor === null ? null : hasWords ? actor?.id : undefined}
        onSignIn={watch}
        viewers={live.viewers}
        timeZone={event.timeZone}
        serverOffset={live.serverOffset}
        overlay={<FullScreenPoll live={live} format={format} />}
      />
    </Suspense>
  );
}

/** In a workshop everybody may speak, not only those on the programme. */
function TakePart({ event, session }: { readonly event: Event; readonly session: Session }) {
  const actor = useActor(event.id);
  const room = event.rooms.find(({ id }) => id === session.roomId);
  if (!actor || room?.kind !== 'workshop' || session.state !== 'live') return null;
  return (
    <div className={styles.publish}>
      <Suspense>
        <PublishPanel room={room} />
      </Suspense>
    </div>
  );
}

/** The ways to the other views, for those who have them. */
function Doors({
  event,
  session,
  eventId,
}: {
  readonly event: string;
  readonly session: Session;
  readonly eventId: string;
}) {
  const { t } = useTranslation('session');
  const actor = useActor(eventId);
  const params = { event, session: session.slug };
  return (
    <>
      {hasRole(actor, 'moderator', session.id) && (
        <Link to="/$event/s/$session/moderate" params={params} className={buttonClass('plain', 'small')}>
          {t('doors.moderate')}
        </Link>
      )}
      {actor?.role !== 'organiser' && actor?.role !== 'moderator' && hasRole(actor, 'speaker', session.id) && (
        <Link to="/$event/s/$session/speak" params={params} className={buttonClass('plain', 'small')}>
          {t('doors.speak')}
        </Link>
      )}
    </>
  );
}
