import type { Session } from '#libs/contract/programme';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localise } from '../../i18n/localise.js';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { serverClock } from '../../platform/server-clock.js';
import { useStore } from '../../ui/use-store.js';
import styles from './reminder-button.module.css';
import { reminders } from './reminders.js';
import { askToNotify, mayNotify } from './tell.js';

interface ReminderProps {
  readonly event: string;
  readonly session: Session;
}

/** The reminder of a session: one click sets it, one removes it. `note` describes its limits. */
export function useReminder({ event, session }: ReminderProps) {
  const { t, i18n } = useTranslation('reminders');
  const noteId = useId();
  const [isNotified, setIsNotified] = useState(mayNotify);
  const isSet = useStore(reminders).some(({ sessionId, toldAt }) => sessionId === session.id && toldAt === undefined);
  const set = async () => {
    const { title } = localise(session, i18n.language);
    const setAt = Date.now() + serverClock.getSnapshot();
    reminders.add({ sessionId: session.id, event, session: session.slug, title, start: session.start, setAt });
    setIsNotified(await askToNotify());
  };
  const takeBack = () => {
    reminders.remove(session.id);
    announce(t('taken-back'));
  };
  const button = (
    <Button
      aria-pressed={isSet}
      aria-describedby={noteId}
      className={styles.reminder}
      onClick={() => (isSet ? takeBack() : void set())}
    >
      <Icon name={isSet ? 'check' : 'clock'} size={18} /> <span>{t('remind')}</span>
    </Button>
  );
  const note = (
    <p id={noteId} className={styles.note} role="status">
      {t(!isSet ? 'note.off' : isNotified ? 'note.notified' : 'note.on')}
    </p>
  );
  return { button, note };
}
