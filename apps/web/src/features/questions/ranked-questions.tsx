import type { Question } from '#libs/contract/question';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import type { LiveSession } from '../session/use-session.js';
import { useDeparted, withDeparted } from './departed.js';
import { useHeldOrder } from './hold-order.js';
import { OwnActs } from './own-question.js';
import { OwnRevision } from './own-revision.js';
import { QuestionContent, QuestionSlot } from './question-item.js';
import type { QuestionOrder } from './question-order.js';
import styles from './questions-panel.module.css';
import { UpvoteButton } from './upvote-button.js';

interface RankedQuestionsProps {
  readonly questions: readonly Question[];
  readonly order: QuestionOrder;
  readonly live: LiveSession;
  readonly format: Format;
  /** Shows the top of the list with its next change. */
  readonly showTop: () => void;
  /** Whether the person reads the list, so that nothing in it may move. */
  readonly isReading: boolean;
  /** The question that a link pointed to. */
  readonly sought: string | null;
  /** How many are rendered, those who have left included. */
  readonly atMost: number;
}

/** The questions that can be supported, in the chosen order; held while the person reads. */
export function RankedQuestions(props: RankedQuestionsProps) {
  const { questions, order, live, format, atMost } = props;
  const { t } = useTranslation('questions');
  const { held, whyGone, apply } = useHeldList(props);
  const byId = new Map(questions.map((question) => [question.id, question]));
  return (
    <section aria-label={t(`list.${order}`)} className={styles.ranked}>
      <div className={styles.pill}>
        {(held.fresh > 0 || held.isStale) && (
          <button type="button" onClick={apply}>
            {held.fresh > 0 ? t('fresh', { count: held.fresh }) : t('stale')}
          </button>
        )}
      </div>
      <ul>
        {held.shown.slice(0, atMost).flatMap((id) => {
          const question = byId.get(id);
          const why = whyGone.get(id);
          if (!why && !question) return [];
          return (
            <QuestionSlot key={id} id={id} isGone={Boolean(why)} isLive={question?.state === 'live'}>
              {why ? t(`gone.${why}`) : question && <RankedQuestion {...{ question, live, format }} />}
            </QuestionSlot>
          );
        })}
      </ul>
    </section>
  );
}

/** The order in which the list is shown, with what has left it while somebody reads, and what brings it up to date. */
function useHeldList({ questions, order, live, showTop, isReading, sought }: RankedQuestionsProps) {
  const { own } = live.me;
  const ids = questions.map(({ id }) => id);
  const { departed, forget } = useDeparted(ids, live.questions, isReading);
  const held = useHeldOrder(withDeparted(ids, departed), {
    // New questions would be inserted at the top and move the others: they are shown on request.
    isHeld: isReading || order === 'newest',
    own: sought ? [...own, sought] : own,
    ownFirst: order === 'newest',
  });
  const apply = () => {
    forget();
    held.apply();
    showTop();
  };
  return { held, whyGone: new Map(departed.map(({ id, why }) => [id, why])), apply };
}

function RankedQuestion({
  question,
  live,
  format,
}: Pick<RankedQuestionsProps, 'live' | 'format'> & { readonly question: Question }) {
  const isOwn = live.me.own.includes(question.id);
  return (
    <QuestionContent
      question={question}
      format={format}
      isOwn={isOwn}
      side={<UpvoteButton question={question} live={live} isOwn={isOwn} />}
    >
      {isOwn && <OwnRevision question={question} live={live} />}
      {isOwn && question.score <= 1 && question.state === 'approved' && <OwnActs question={question} live={live} />}
    </QuestionContent>
  );
}
