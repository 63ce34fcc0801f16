import type { Question } from '#libs/contract/question';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/class-names.js';
import { Icon } from '../../ui/icon.js';
import { useIsClamped } from '../../ui/use-is-clamped.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import styles from './being-answered.module.css';
import { AuthorName } from './question-item.js';
import { UpvoteButton } from './upvote-button.js';

interface BeingAnsweredProps {
  readonly question: Question;
  readonly live: LiveSession;
  readonly isOwn: boolean;
  /** Two lines at most, the rest on request: its space on a phone has a fixed height. */
  readonly isCompact?: boolean;
}

/** The question on screen now. */
export function BeingAnswered({ question, live, isOwn, isCompact = false }: BeingAnsweredProps) {
  const { t } = useTranslation('questions');
  const text = useRef<HTMLParagraphElement>(null);
  const isClamped = useIsClamped(text);
  const [isWhole, setIsWhole] = useState(false);
  return (
    <section
      className={classNames(styles.card, isCompact && styles.compact, isWhole && styles.whole)}
      aria-label={t('now')}
    >
      <div className={styles.words}>
        <div className={styles.head}>
          <h2 className={styles.label}>{t('now')}</h2>
          {isCompact && (isClamped || isWhole) && (
            <button
              type="button"
              className={styles.more}
              aria-expanded={isWhole}
              aria-label={t(isWhole ? 'now-less' : 'now-whole')}
              title={t(isWhole ? 'now-less' : 'now-whole')}
              onClick={() => setIsWhole(!isWhole)}
            >
              <Icon name="up" size={18} />
            </button>
          )}
        </div>
        <p className={styles.text} ref={text}>
          <UserText lang={question.language}>{question.text}</UserText>
        </p>
        {!isCompact && (
          <p className={styles.by}>
            <AuthorName question={question} />
          </p>
        )}
      </div>
      <UpvoteButton question={question} live={live} isOwn={isOwn} />
    </section>
  );
}
