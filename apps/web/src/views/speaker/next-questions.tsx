import { useTranslation } from 'react-i18next';
import type { Question } from '#libs/contract/question';
import { UserText } from '../../ui/user-text.js';
import { PinnedTag } from './now-question.js';
import styles from './speak-page.module.css';

export function NextQuestions({ questions, more }: { readonly questions: readonly Question[]; readonly more: number }) {
  const { t } = useTranslation('speak');
  return (
    <section aria-labelledby="next">
      <h2 id="next" className={styles.label}>
        {t('next')}
      </h2>
      {questions.length === 0 && <p className={styles.nothing}>{t('nothing-next')}</p>}
      <ol className={styles.next}>
        {questions.map((question) => (
          <li key={question.id}>
            <div>
              <p>
                <UserText lang={question.language}>{question.text}</UserText>
              </p>
              {question.pinned && <PinnedTag />}
            </div>
            <b className="numbers" aria-label={t('votes', { count: question.score })}>
              {question.score}
            </b>
          </li>
        ))}
      </ol>
      {more > 0 && <p className="muted">{t('more', { count: more })}</p>}
    </section>
  );
}
