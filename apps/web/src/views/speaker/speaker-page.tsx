import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Event, Room, Session } from '#libs/contract/programme';
import { NotFoundPage } from '../shell/not-found-page.js';
import { Shell } from '../shell/shell.js';
import { usePageTitle } from '../../platform/use-page-title.js';
import { useProblem } from '../../platform/use-problem.js';
import { localise } from '../../i18n/localise.js';
import { Bar } from '../../ui/bar.js';
import { buttonClass } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Skeleton } from '../../ui/skeleton.js';
import { toast } from '../../ui/toast.js';
import { CueRow } from '../../features/cues/cue-row.js';
import { sessionQuery } from '../../features/programme/event-query.js';
import { type LiveSession, useSession } from '../../features/session/use-session.js';
import { hasRole, useActor } from '../../features/sign-in/actor.js';
import { PublishControls } from '../../features/stream/publish-controls.js';
import { StagePicture } from '../../features/stream/stage-picture.js';
import { usePublisher } from '../../features/stream/use-publisher.js';
import { AdvanceButtons } from './advance-buttons.js';
import { NextQuestions } from './next-questions.js';
import { NowQuestion } from './now-question.js';
import { PollResults } from './poll-results.js';
import { questionsToTake } from './questions-to-take.js';
import styles from './speak-page.module.css';
import { SpeakerTimeLeft } from './speaker-time-left.js';

/** The speaker's view: the question, large, the next ones, the time, and camera and microphone. */
export function SpeakPage() {
  const { event: eventSlug, session: sessionSlug } = useParams({ from: '/$event/s/$session/speak' });
  const { data: event } = useSuspenseQuery(sessionQuery(eventSlug, sessionSlug));
  const [session] = event.sessions;
  return session ? <Desk event={event} session={session} /> : <NotFoundPage />;
}

function Desk({ event, session: planned }: { readonly event: Event; readonly session: Session }) {
  const { t, i18n } = useTranslation('speak');
  const actor = useActor(event.id);
  const live = useSession(event, planned.id);
  const session = localise(live.session ?? planned, i18n.language);
  usePageTitle(session.title, t('title'));
  const isAllowed = hasRole(actor, 'speaker', session.id);
  const heading = (
    <>
      <strong>{session.title}</strong> <SpeakerTimeLeft session={session} offset={live.serverOffset} />
    </>
  );
  return (
    <Shell event={localise(event, i18n.language)} heading={heading}>
      {live.isReadOnly && <Bar>{t('common:connection.read-only')}</Bar>}
      {live.status === 'reconnecting' && !live.isReadOnly && <Bar>{t('reconnecting')}</Bar>}
      {actor === undefined || isAllowed ? (
        <Stage event={event} session={session} live={live} />
      ) : (
        <EmptyState level={1} title={t('refused.title')}>
          <p>{t('refused.text')}</p>
          <Link to="/sign-in" search={{ back: location.pathname }} className={buttonClass('primary')}>
            {t('refused.action')}
          </Link>
        </EmptyState>
      )}
    </Shell>
  );
}

interface StageProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
}

function Stage({ event, session, live }: StageProps) {
  const { t } = useTranslation('speak');
  const problem = useProblem();
  const room = event.rooms.find(({ id }) => id === session.roomId);
  if (live.status === 'refused')
    return (
      <EmptyState level={1} title={t('refused.title')}>
        <p>{problem(live.error).text}</p>
      </EmptyState>
    );
  const { now, next, more } = questionsToTake(live.questions);
  return (
    <div className={styles.desk}>
      <Cues event={event} live={live} />
      {room && <OnAir event={event} session={session} room={room} live={live} />}
      <div className={styles.questions} role="region" aria-label={t('questions')} tabIndex={0}>
        {live.session ? (
          <>
            <NowQuestion question={now}>
              {session.speakersAdvance && (
                <AdvanceButtons live={live} sessionId={session.id} nowId={now?.id ?? null} hasNext={next.length > 0} />
              )}
            </NowQuestion>
            <NextQuestions questions={next} more={more} />
          </>
        ) : (
          <Skeleton height="14rem" />
        )}
        <PollResults polls={live.polls} />
      </div>
    </div>
  );
}

/** Silent messages from the moderators. */
function Cues({ event, live }: Pick<StageProps, 'event' | 'live'>) {
  const actor = useActor(event.id);
  const problem = useProblem();
  const confirm = async (cueId: string) => {
    try {
      return (await live.act((_, client) => client.request('cue:acknowledge', { cueId }))) !== undefined;
    } catch (error) {
      toast(problem(error).text);
      return false;
    }
  };
  return (
    <CueRow
      cues={live.cues}
      actorId={actor?.id ?? null}
      timeZone={event.timeZone}
      offset={live.serverOffset}
      onSeen={confirm}
    />
  );
}

/** The others on air, and one's own camera and microphone below them. */
function OnAir({ event, session, room, live }: StageProps & { readonly room: Room }) {
  const actor = useActor(event.id);
  const publishing = usePublisher(room.id);
  return (
    <div className={styles.air}>
      <StagePicture
        session={session}
        room={room}
        actorId={actor?.id ?? null}
        isOnAir={publishing.isOnAir}
        viewers={live.viewers}
        timeZone={event.timeZone}
        serverOffset={live.serverOffset}
      />
      <PublishControls room={room} publishing={publishing} />
    </div>
  );
}
