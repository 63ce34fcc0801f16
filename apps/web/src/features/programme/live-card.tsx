import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { localise } from '../../i18n/localise.js';
import { ownNameOf } from '../../i18n/languages.js';
import styles from './live-card.module.css';
import { Poster } from './poster.js';
import { joinFacts, placeOf } from './session-facts.js';
import { StarButton } from './star-button.js';
import type { Slot } from './timetable.js';

interface LiveCardProps {
  readonly event: string;
  readonly slot: Slot;
  readonly format: Format;
}

/** A session that is live now; the whole card leads to it. */
export function LiveCard({ event, slot: { session, room }, format }: LiveCardProps) {
  const { t, i18n } = useTranslation('programme');
  const facts = [
    t(`kind.${session.kind}`),
    room && placeOf(localise(room, i18n.language)),
    session.language && ownNameOf(session.language),
    t('until', { time: format.time(session.end) }),
  ];
  return (
    <li className={styles.card}>
      <Poster kind={session.kind} city={room?.city} className={styles.poster}>
        <span className={styles.chip}>{t('live')}</span>
      </Poster>
      <span className={styles.star}>
        <StarButton session={session} />
      </span>
      <div className={styles.words}>
        <h3>
          <Link to="/$event/s/$session" params={{ event, session: session.slug }} className={styles.link}>
            {localise(session, i18n.language).title}
          </Link>
        </h3>
        <p className="muted numbers">{joinFacts(facts)}</p>
      </div>
    </li>
  );
}
