import type { Question } from '#libs/contract/question';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.js';
import { Icon } from '../../ui/icon.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import styles from './already-asked.module.css';
import { alreadyAsked } from './similar.js';
import { UpvoteButton } from './upvote-button.js';

/** A pause in typing: the list does not flicker with each letter, and is not announced for each. */
const PAUSE_MS = 500;

interface AlreadyAskedProps {
  readonly text: string;
  readonly live: LiveSession;
  /** One line that unfolds, where the field needs the room. */
  readonly isFolded: boolean;
}

/** Below a question that is being written: possible duplicates, to vote for instead. Compared in the browser; nothing is sent. */
export function AlreadyAsked({ text, live, isFolded }: AlreadyAskedProps) {
  const { t } = useTranslation('questions');
  const settled = usePause(text);
  const found = useMemo(() => alreadyAsked(settled, live.questions), [settled, live.questions]);
  const count = found.length;
  useEffect(() => {
    if (count > 0) announce(t('similar.found', { count }));
  }, [count, t]);
  if (isFolded) return <Folded found={found} live={live} />;
  if (count === 0) return null;
  return (
    <section className={styles.similar} aria-label={t('similar.title')}>
      <p className={styles.title}>{t('similar.title')}</p>
      <SimilarList found={found} live={live} />
    </section>
  );
}

interface FoundProps {
  readonly found: readonly Question[];
  readonly live: LiveSession;
}

/** Its line is reserved before anything is found, so that the field does not move. */
function Folded({ found, live }: FoundProps) {
  const { t } = useTranslation('questions');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={styles.folded}>
      {found.length > 0 && (
        <button type="button" className={styles.line} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <span className={styles.words}>{t('similar.short')}</span>
          <span className="numbers">{t('similar.count', { count: found.length })}</span>
          <Icon name={isOpen ? 'up' : 'down'} size={16} />
        </button>
      )}
      {isOpen && <SimilarList found={found} live={live} />}
    </div>
  );
}

function SimilarList({ found, live }: FoundProps) {
  return (
    <ul className={styles.list}>
      {found.map((question) => (
        <li key={question.id}>
          <p>
            <UserText lang={question.language}>{question.text}</UserText>
          </p>
          <UpvoteButton question={question} live={live} isOwn={live.me.own.includes(question.id)} />
        </li>
      ))}
    </ul>
  );
}

/** A text once it has not changed for a moment; an empty one at once. */
function usePause(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return text.trim() === '' ? '' : settled;
}
