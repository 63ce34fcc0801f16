import type { EventSummary } from '#libs/contract/programme';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { isOver } from '#libs/domain/session-states';
import type { LiveSession } from '../session/use-session.js';
import type { Writing } from '../session/use-writing.js';
import { useActor } from '../sign-in/actor.js';
import { askWho } from '../sign-in/require-actor.js';
import { WatchOnlyNotice } from '../sign-in/watch-only-notice.js';
import { AnsweredQuestions } from './answered-questions.js';
import { Composer } from './composer.js';
import { OwnQuestions } from './own-questions.js';
import { groupQuestions, ownUnlisted } from './question-groups.js';
import { QuestionOrderChoice } from './question-order-choice.js';
import type { QuestionOrder } from './question-order.js';
import styles from './questions-panel.module.css';
import { RankedQuestions } from './ranked-questions.js';
import { useSought } from './use-sought.js';
import { useIsReading } from './use-is-reading.js';
import { useSteadyList } from './use-steady-list.js';
import { useIsPainted } from '../../ui/use-is-painted.js';

/** At first no more than a phone shows: the layout of all would hold a slow one up. */
const FIRST_QUESTIONS = 4;

interface QuestionsPanelProps {
  readonly event: EventSummary;
  readonly sessionId: string;
  readonly live: LiveSession;
  readonly writing: Pick<Writing, 'mode' | 'onOpen' | 'isWide'>;
  readonly order: QuestionOrder;
  readonly onOrder: (order: QuestionOrder) => void;
}

/** Ask, read, vote; the answered questions below. */
export function QuestionsPanel({ event, sessionId, live, writing, order, onOrder }: QuestionsPanelProps) {
  const format = useFormat(event.timeZone);
  const list = useRef<HTMLDivElement>(null);
  const isReading = useIsReading(list);
  const isPainted = useIsPainted();
  const showTop = useSteadyList(list);
  const { sought, see } = useSought(list);
  const { ranked, answered } = groupQuestions(live.questions, order);
  const waiting = ownUnlisted(live.me.questions);
  const isEmpty = ranked.length + answered.length + waiting.length === 0;
  const qa = qaOf(live.session);
  return (
    <div className={styles.panel}>
      {qa === 'open' && <Ask {...{ event, sessionId, live, writing }} onSee={see} />}
      <div className={styles.list} ref={list}>
        {(qa === 'paused' || qa === 'closed') && <NoAsking qa={qa} />}
        <OwnQuestions questions={waiting} live={live} format={format} sought={sought} />
        {ranked.length > 1 && <QuestionOrderChoice order={order} onOrder={onOrder} />}
        <RankedQuestions
          key={order}
          {...{ order, live, format, showTop, isReading, sought }}
          questions={ranked}
          atMost={isPainted ? Infinity : FIRST_QUESTIONS}
        />
        {isEmpty && <NoQuestions canAsk={qa === 'open' && live.guests !== 'watch_only'} />}
        {isPainted && <AnsweredQuestions questions={answered} own={live.me.own} {...{ format, isReading, sought }} />}
      </div>
    </div>
  );
}

/** Nothing is asked once a session is over, whatever its setting. */
const qaOf = (session: LiveSession['session']) => (session && isOver(session.state) ? 'closed' : session?.qa);

interface AskProps extends Pick<QuestionsPanelProps, 'event' | 'sessionId' | 'live' | 'writing'> {
  readonly onSee: (questionId: string) => void;
}

function Ask({ event, sessionId, live, writing, onSee }: AskProps) {
  const actor = useActor(event.id);
  return (
    <div className={styles.composer} data-writing={writing.mode ?? undefined}>
      {live.guests === 'watch_only' ? (
        <WatchOnlyNotice />
      ) : (
        <Composer
          {...{ sessionId, live, writing, onSee }}
          name={actor?.name ?? null}
          onName={() => void askWho(event)}
        />
      )}
    </div>
  );
}

function NoAsking({ qa }: { readonly qa: 'paused' | 'closed' }) {
  const { t } = useTranslation('questions');
  return (
    <p className={styles.closed} data-steady>
      <Icon name="question" /> {t(`qa.${qa}`)}
    </p>
  );
}

function NoQuestions({ canAsk }: { readonly canAsk: boolean }) {
  const { t } = useTranslation('questions');
  return (
    <EmptyState title={t(canAsk ? 'empty.title' : 'empty.none')}>
      {t(canAsk ? 'empty.text' : 'empty.closed')}
    </EmptyState>
  );
}
