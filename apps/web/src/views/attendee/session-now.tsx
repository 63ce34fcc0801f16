import type { Event, Session } from '#libs/contract/programme';
import { classNames } from '../../ui/class-names.js';
import { BeingAnswered } from '../../features/questions/being-answered.js';
import { SessionHeading } from './session-heading.js';
import styles from './session-now.module.css';
import type { LiveSession } from '../../features/session/use-session.js';

interface SessionNowProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
  readonly isWide: boolean;
}

/**
 * The heading and the question that is being answered. The question's place is reserved while the session is live, so nothing moves
 * when it comes or goes; on a phone it is the place of the heading.
 */
export function SessionNow({ event, session, live, isWide }: SessionNowProps) {
  const now = live.questions.find(({ state }) => state === 'live');
  const question = now && (
    <BeingAnswered key={now.id} question={now} live={live} isOwn={live.me.own.includes(now.id)} isCompact={!isWide} />
  );
  if (isWide)
    return (
      <>
        <SessionHeading event={event} session={session} />
        <div className={styles.wide} data-reserved={session.state === 'live'}>
          {question}
        </div>
      </>
    );
  return (
    <div className={styles.shared} data-reserved={session.state === 'live'}>
      <div className={classNames(styles.heading, now && styles.veiled)}>
        <SessionHeading event={event} session={session} />
      </div>
      {question}
    </div>
  );
}
