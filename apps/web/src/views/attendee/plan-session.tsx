import type { Event, Room, Session } from '#libs/contract/programme';
import { useTranslation } from 'react-i18next';
import { localise } from '../../i18n/localise.js';
import { CalendarButton } from '../../features/programme/calendar-button.js';
import { StarButton } from '../../features/programme/star-button.js';
import { useReminder } from '../../features/reminders/reminder-button.js';
import styles from './about-panel.module.css';

interface PlanSessionProps {
  readonly event: Pick<Event, 'slug'>;
  readonly session: Session;
  readonly room: Room | undefined;
}

/** Actions for a session that has not begun: add it to the own programme or a calendar, set a reminder. */
export function PlanSession({ event, session, room }: PlanSessionProps) {
  const { i18n } = useTranslation();
  const { button, note } = useReminder({ event: event.slug, session });
  const { title } = localise(session, i18n.language);
  return (
    <>
      <div className={styles.acts}>
        {button}
        <CalendarButton event={event} session={session} room={room} title={title} size="medium" />
        <StarButton session={session} isNamed />
      </div>
      {note}
    </>
  );
}
