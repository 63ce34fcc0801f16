import type { Question } from '#libs/contract/question';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { Button } from '../../ui/button.js';
import type { LiveSession } from '../session/use-session.js';
import { OwnQuestion } from './own-question.js';
import styles from './questions-panel.module.css';

/** More than these are collapsed, so that the questions of others stay visible. */
const SHOWN_AT_MOST = 2;

interface OwnQuestionsProps {
  readonly questions: readonly Question[];
  readonly live: LiveSession;
  readonly format: Format;
  /** The question that a link pointed to: it is not collapsed. */
  readonly sought: string | null;
}

/** The actor's own questions that others do not see: the newest two, the others on request. */
export function OwnQuestions({ questions, live, format, sought }: OwnQuestionsProps) {
  const { t } = useTranslation('questions');
  const [isAsked, setIsUnfolded] = useState(false);
  const isUnfolded = isAsked || questions.slice(SHOWN_AT_MOST).some(({ id }) => id === sought);
  const more = questions.length - SHOWN_AT_MOST;
  if (questions.length === 0) return null;
  return (
    <section aria-label={t('own')} data-steady>
      <ul>
        {(isUnfolded ? questions : questions.slice(0, SHOWN_AT_MOST)).map((question) => (
          <OwnQuestion key={question.id} question={question} live={live} format={format} />
        ))}
      </ul>
      {more > 0 && (
        <Button
          size="small"
          variant="quiet"
          className={styles.unfold}
          aria-expanded={isUnfolded}
          onClick={() => setIsUnfolded(!isUnfolded)}
        >
          {isUnfolded ? t('own-fold') : t('own-more', { count: more })}
        </Button>
      )}
    </section>
  );
}
