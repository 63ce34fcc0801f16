import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import { announce } from '../../ui/announcer.js';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import styles from './speak-page.module.css';

interface NowQuestionProps {
  readonly question: Question | null;
  /** What the speaker may do with it. */
  readonly children?: ReactNode;
}

export function NowQuestion({ question, children }: NowQuestionProps) {
  const { t } = useTranslation('speak');
  const announced = useRef<string>(undefined);
  useEffect(() => {
    if (question && question.id !== announced.current) announce(t('announce', { text: question.text }));
    announced.current = question?.id;
  }, [question, t]);
  return (
    <section className={styles.now} aria-labelledby="now">
      <h1 id="now" className={styles.label}>
        {t('now')}
      </h1>
      {question ? (
        <>
          <p className={styles.large}>
            <UserText lang={question.language}>{question.text}</UserText>
          </p>
          <p className="muted numbers">
            {neutraliseBidi(question.author?.name ?? t('somebody'))} · {t('votes', { count: question.score })}
          </p>
        </>
      ) : (
        <p className={styles.nothing}>{t('nothing-now')}</p>
      )}
      {children}
    </section>
  );
}

export function PinnedTag() {
  const { t } = useTranslation('speak');
  return <Tag tone="brand">{t('pinned')}</Tag>;
}
