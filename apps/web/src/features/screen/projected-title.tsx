import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#libs/contract/programme';
import { Countdown } from '../../ui/countdown.js';
import { useNow } from '../../ui/use-now.js';
import { Headline } from './headline.js';
import type { ProjectedProps } from './projected.js';
import styles from './projector.module.css';
import { useFit } from './use-fit.js';

const FIT = { max: 10.4, items: 0, maxColumns: 1 } as const;

interface ProjectedTitleProps extends ProjectedProps {
  readonly session: Session;
  readonly eventTitle: string;
}

/** Between two items, and before the session: its title, and how to take part. */
export function ProjectedTitle({ session, eventTitle, join, people, offset, isPicture }: ProjectedTitleProps) {
  const body = useRef<HTMLDivElement>(null);
  useFit(body, { ...FIT, content: session.title, offset });
  return (
    <>
      <p className={styles.head}>
        <b>{eventTitle}</b>
        <span className={styles.facts}>{people}</span>
      </p>
      <div ref={body} className={styles.body}>
        <Headline isPicture={isPicture} className={styles.text}>
          {session.title}
        </Headline>
      </div>
      <footer className={styles.foot}>
        <SessionClock session={session} offset={offset} />
        {join}
      </footer>
    </>
  );
}

/** A countdown of more than a day is not useful. */
const SOON_MS = 24 * 60 * 60_000;

/** The time to the start, or to the end once the session is live. */
function SessionClock({ session, offset }: { readonly session: Session; readonly offset: number }) {
  const { t } = useTranslation('present');
  const now = useNow(500, offset);
  const until = session.state === 'live' ? session.end : session.start;
  const left = Date.parse(until) - now;
  const isCounting = (session.state === 'live' || session.state === 'scheduled') && left > 0 && left < SOON_MS;
  if (!isCounting) return <p className={styles.aside}>{t('waiting')}</p>;
  return (
    <>
      <p className={styles.clock}>
        <Countdown until={until} offset={offset} />
      </p>
      <p className={styles.aside}>
        <b>{t(session.state === 'live' ? 'until-end' : 'until-start')}</b>
      </p>
    </>
  );
}
