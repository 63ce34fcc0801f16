import { useTranslation } from 'react-i18next';
import type { Question } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import { UserText } from '../../ui/user-text.js';
import styles from './present-page.module.css';

/** The longer the question, the smaller its letters: it must fit without scrolling. */
function sizeOf(text: string): string | undefined {
  if (text.length > 320) return styles.small;
  return text.length > 140 ? styles.medium : undefined;
}

export function PresentedQuestion({ question }: { readonly question: Question }) {
  const { t } = useTranslation('present');
  const name = question.author?.name;
  return (
    <article className={styles.content}>
      <p className={styles.kicker}>{t('question')}</p>
      <h1 className={[styles.question, sizeOf(question.text)].filter(Boolean).join(' ')}>
        <UserText lang={question.language}>{question.text}</UserText>
      </h1>
      <footer className={styles.bottom}>
        <p className={styles.votes}>{t('votes', { count: question.score })}</p>
        <p className={styles.by}>{name ? neutraliseBidi(name) : t(question.anonymous ? 'anonymous' : 'guest')}</p>
      </footer>
    </article>
  );
}
