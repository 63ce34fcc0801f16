import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { withoutTurns } from '#libs/contract/direction';
import { NotFoundPage } from '../../app/not-found-page.js';
import { usePageTitle } from '../../app/use-page-title.js';
import { localise } from '../../i18n/localise.js';
import { eventQuery } from '../programme/event-query.js';
import styles from './present-page.module.css';
import { PresentedPoll } from './presented-poll.js';
import { PresentedQuestion } from './presented-question.js';
import { QrCode } from './qr-code.js';
import { useWall } from './use-wall.js';
import { type Presented, whatToPresent } from './what-to-present.js';

/** The wall of a hall: one thing at a time, readable from the last row. */
export function PresentPage() {
  const { event: eventSlug, session: sessionSlug } = useParams({ from: '/present/$event/$session' });
  const { t, i18n } = useTranslation('present');
  const { data: event } = useSuspenseQuery(eventQuery(eventSlug));
  const session = event.sessions.find(({ slug }) => slug === sessionSlug);
  const { data, isError } = useWall(session?.id);
  usePageTitle(session?.title, t('title'));
  if (!session) return <NotFoundPage />;
  const address = `${location.origin}/${event.slug}/s/${session.slug}`;
  const { title } = localise(data ? withoutTurns(data.session) : session, i18n.language);
  return (
    <main className={styles.wall}>
      <section className={styles.stage} aria-live="polite">
        <Content presented={data ? whatToPresent(data) : { kind: 'waiting' }} title={title} />
      </section>
      <aside className={styles.foot}>
        {isError && (
          <p className={styles.offline} role="status">
            {t('offline')}
          </p>
        )}
        <div className={styles.join}>
          <p>{t('join')}</p>
          <p className={styles.address}>{address.replace(/^https?:\/\//, '')}</p>
        </div>
        <QrCode address={address} label={t('code')} />
      </aside>
    </main>
  );
}

function Content({ presented, title }: { readonly presented: Presented; readonly title: string }) {
  const { t } = useTranslation('present');
  switch (presented.kind) {
    case 'question':
      return <PresentedQuestion key={presented.question.id} question={presented.question} />;
    case 'poll':
      return <PresentedPoll key={presented.poll.id} poll={presented.poll} />;
    case 'waiting':
      return (
        <article className={styles.content}>
          <h1 className={styles.question}>{title}</h1>
          <p className={styles.by}>{t('waiting')}</p>
        </article>
      );
  }
}
