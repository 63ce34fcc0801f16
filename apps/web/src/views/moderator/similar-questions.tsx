import type { Question } from '#libs/contract/question';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.js';
import { UserText } from '../../ui/user-text.js';
import styles from './moderate.module.css';
import { similarTo } from '../../features/questions/similar.js';

interface SimilarQuestionsProps {
  readonly question: Question;
  readonly questions: readonly Question[];
  readonly onMerge: (into: Question) => void;
}

/** Below a pending question: approved ones that may ask the same. */
export function SimilarQuestions({ question, questions, onMerge }: SimilarQuestionsProps) {
  const { t } = useTranslation('moderate');
  const similar = similarTo(question, questions);
  if (similar.length === 0) return null;
  return (
    <div className={styles.similar}>
      <p className="muted">{t('similar.title')}</p>
      <ul>
        {similar.map((other) => (
          <li key={other.id}>
            <UserText lang={other.language}>{other.text}</UserText>
            <Button size="small" onClick={() => onMerge(other)}>
              {t('similar.merge')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
