import type { Event, Session } from '#libs/contract/programme';
import { useTranslation } from 'react-i18next';
import { localise } from '../../i18n/localise.js';
import { ownNameOf } from '../../i18n/languages.js';
import { useFormat } from '../../i18n/use-format.js';
import { Tag } from '../../ui/tag.js';
import { joinFacts, placeOf } from '../../features/programme/session-facts.js';
import styles from './session-heading.module.css';

/** The title of a session, when and where it is. */
export function SessionHeading({ event, session }: { readonly event: Event; readonly session: Session }) {
  const { t, i18n } = useTranslation('session');
  const format = useFormat(event.timeZone);
  const room = event.rooms.find(({ id }) => id === session.roomId);
  const facts = [
    `${format.timeRange(session.start, session.end)} (${format.zoneName()})`,
    room && placeOf(localise(room, i18n.language)),
    session.language && ownNameOf(session.language),
  ];
  return (
    <div className={styles.heading}>
      <h1>{localise(session, i18n.language).title}</h1>
      <p>
        {session.state === 'cancelled' && <Tag tone="warn">{t('cancelled')}</Tag>}{' '}
        <span className="muted numbers">{joinFacts(facts)}</span>
      </p>
    </div>
  );
}
