import type { Question } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../platform/use-problem.js';
import { useFormat } from '../../i18n/use-format.js';
import { Icon } from '../../ui/icon.js';
import { toast } from '../../ui/toast.js';
import type { LiveSession } from '../session/use-session.js';
import { type PendingScore, shownScore } from './shown-score.js';
import styles from './upvote-button.module.css';

interface UpvoteButtonProps {
  readonly question: Pick<Question, 'id' | 'score' | 'text'>;
  readonly live: Pick<LiveSession, 'act' | 'me' | 'guests'>;
  /** Asked in this session: its author's support counts from the start. */
  readonly isOwn?: boolean;
}

/** The support for a question: shown at once, sets and never toggles blindly, and is rolled back when it is refused. */
export function UpvoteButton({ question, live, isOwn = false }: UpvoteButtonProps) {
  const { t } = useTranslation('questions');
  const format = useFormat();
  const isPressed = isOwn || live.me.votes.includes(question.id);
  const { score, vote } = useVote({ question, live }, !isPressed);

  if (live.guests === 'watch_only')
    return (
      <span className={styles.count} title={t('vote.score', { count: score })}>
        {format.number(score)}
      </span>
    );
  return (
    <button
      type="button"
      className={styles.upvote}
      aria-pressed={isPressed}
      aria-disabled={isOwn || undefined}
      title={isOwn ? t('vote.own') : undefined}
      aria-label={`${t('vote.label')}, ${t('vote.score', { count: score })}${isOwn ? `. ${t('vote.own')}` : ''}: ${shortened(question.text)}`}
      onClick={isOwn ? undefined : () => void vote()}
    >
      <Icon name="up" size={18} />
      <span className="numbers">{format.number(score)}</span>
    </button>
  );
}

/** Sets the vote to `value`; its score counts before the server has answered. */
function useVote({ question, live }: Omit<UpvoteButtonProps, 'isOwn'>, value: boolean) {
  const problem = useProblem();
  const [pending, setPending] = useState<PendingScore | null>(null);
  const vote = async () => {
    try {
      const voted = await live.act((feed) => {
        setPending({ from: question.score, to: question.score + (value ? 1 : -1) });
        return feed.vote(question.id, value);
      });
      setPending(voted ? { from: question.score, to: voted.score } : null);
    } catch (error) {
      setPending(null);
      toast(problem(error).text);
    }
  };
  return { score: shownScore(question.score, pending), vote };
}

const NAME_LENGTH = 120;

/** Enough of a question to identify it: a screen reader lists the buttons without their context. */
function shortened(text: string): string {
  const characters = [...neutraliseBidi(text)];
  return characters.length <= NAME_LENGTH ? characters.join('') : `${characters.slice(0, NAME_LENGTH).join('')}…`;
}
