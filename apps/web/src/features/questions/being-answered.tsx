import type { Question } from '#libs/contract/question';
import { useTranslation } from 'react-i18next';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import styles from './being-answered.module.css';
import { AuthorName } from './question-item.js';
import { UpvoteButton } from './upvote-button.js';

interface BeingAnsweredProps {
  readonly question: Question;
  readonly live: LiveSession;
  readonly isOwn: boolean;
}

/** The question on screen now. */
export function BeingAnswered({ question, live, isOwn }: BeingAnsweredProps) {
  const { t } = useTranslation('questions');
  return (
    <section className={styles.card} aria-label={t('now')}>
      <div className={styles.words}>
        <h2 className={styles.label}>{t('now')}</h2>
        <p className={styles.text}>
          <UserText lang={question.language}>{question.text}</UserText>
        </p>
        <p className={styles.by}>
          <AuthorName question={question} />
        </p>
      </div>
      <UpvoteButton question={question} live={live} isOwn={isOwn} />
    </section>
  );
}
