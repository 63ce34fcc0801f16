import type { Event, Room, Session } from '#libs/contract/programme';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../ui/lazy-part.js';
import { loadTexts } from '../../i18n/i18n.js';
import { localise } from '../../i18n/localise.js';
import { ownNameOf } from '../../i18n/languages.js';
import { useFormat } from '../../i18n/use-format.js';
import { placeOf } from '../../features/programme/session-facts.js';
import styles from './about-panel.module.css';

/** Loaded only for a session that has not begun, with the words that it shares with the programme. */
const PlanSession = lazyPart(async () => {
  const [part] = await Promise.all([import('./plan-session.js'), loadTexts(['programme', 'reminders'])]);
  return part.PlanSession;
});

interface AboutPanelProps {
  readonly event: Event;
  readonly session: Session;
  readonly room: Room | undefined;
}

/** What the session is about, when and where it is, and who speaks. */
export function AboutPanel({ event, session, room }: AboutPanelProps) {
  const { i18n } = useTranslation('session');
  const { title, abstract } = localise(session, i18n.language);
  const speakers = session.speakerIds.flatMap((id) => event.speakers.find((speaker) => speaker.id === id) ?? []);
  return (
    <div className={styles.panel}>
      <h2>{title}</h2>
      {session.state === 'scheduled' && (
        <div className={styles.plan}>
          <Suspense>
            <PlanSession event={event} session={session} room={room} />
          </Suspense>
        </div>
      )}
      {abstract && <p className={styles.abstract}>{abstract}</p>}
      <Facts event={event} session={session} room={room} />
      {speakers.length > 0 && <Speakers speakers={speakers} />}
    </div>
  );
}

function Facts({ event, session, room }: AboutPanelProps) {
  const { t, i18n } = useTranslation('session');
  const format = useFormat(event.timeZone);
  const { track } = localise(session, i18n.language);
  return (
    <dl className={styles.facts}>
      <dt>{t('about.when')}</dt>
      <dd>
        {format.day(session.start)}, {format.timeRange(session.start, session.end)} ({format.zoneName()})
      </dd>
      {room && (
        <>
          <dt>{t('about.where')}</dt>
          <dd>{placeOf(localise(room, i18n.language))}</dd>
        </>
      )}
      {track && (
        <>
          <dt>{t('about.track')}</dt>
          <dd>{track}</dd>
        </>
      )}
      {session.language && (
        <>
          <dt>{t('about.language')}</dt>
          <dd lang={session.language}>{ownNameOf(session.language)}</dd>
        </>
      )}
    </dl>
  );
}

function Speakers({ speakers }: Pick<Event, 'speakers'>) {
  const { t } = useTranslation('session');
  return (
    <>
      <h3>{t('about.speakers')}</h3>
      <ul className={styles.speakers}>
        {speakers.map(({ id, name, affiliation, biography }) => (
          <li key={id}>
            <strong>{name}</strong>
            {affiliation && <span className="muted">, {affiliation}</span>}
            {biography && <p>{biography}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}
