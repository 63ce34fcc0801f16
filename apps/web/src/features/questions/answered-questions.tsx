import type { Question } from '#libs/contract/question';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { Tag } from '../../ui/tag.js';
import { useHeldOrder } from './hold-order.js';
import { QuestionItem } from './question-item.js';
import styles from './questions-panel.module.css';

interface AnsweredQuestionsProps {
  readonly questions: readonly Question[];
  readonly own: readonly string[];
  readonly format: Format;
  readonly isReading: boolean;
  /** The question that a link pointed to. */
  readonly sought: string | null;
}

/** Answered questions, the newest first; new ones are added after the person stops reading. */
export function AnsweredQuestions({ questions, own, format, isReading, sought }: AnsweredQuestionsProps) {
  const { t } = useTranslation('questions');
  const { shown } = useHeldOrder(
    questions.map(({ id }) => id),
    { isHeld: isReading, own: sought ? [sought] : [] },
  );
  if (questions.length === 0) return null;
  return (
    <section aria-labelledby="answered-questions">
      <h2 id="answered-questions" className={styles.heading} data-steady>
        {t('answered')} <span className="muted numbers">{format.number(questions.length)}</span>
      </h2>
      <ul>
        {shown.flatMap((id) => {
          const question = questions.find((one) => one.id === id);
          return question ? [<AnsweredQuestion key={id} {...{ question, own, format }} />] : [];
        })}
      </ul>
    </section>
  );
}

function AnsweredQuestion({
  question,
  own,
  format,
}: Pick<AnsweredQuestionsProps, 'own' | 'format'> & { readonly question: Question }) {
  const { t } = useTranslation('questions');
  return (
    <QuestionItem
      question={question}
      format={format}
      isOwn={own.includes(question.id)}
      tags={question.answeredAt && <Tag tone="ok">{t('answered-at', { time: format.time(question.answeredAt) })}</Tag>}
      side={
        <span className={styles.score} title={t('vote.score', { count: question.score })}>
          {format.number(question.score)}
        </span>
      }
    />
  );
}
