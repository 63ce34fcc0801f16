import type { EventSummary } from '#libs/contract/programme';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { Tag } from '../../ui/tag.js';
import { useStore } from '../../ui/use-store.js';
import type { LiveSession } from '../session/use-session.js';
import { useActor } from '../sign-in/actor.js';
import { askWho } from '../sign-in/require-actor.js';
import { WatchOnlyNotice } from '../sign-in/watch-only-notice.js';
import { askedHere } from './asked-here.js';
import { BeingAnswered } from './being-answered.js';
import { Composer } from './composer.js';
import { useDeparted, withDeparted } from './departed.js';
import { useHeldOrder } from './hold-order.js';
import { OwnActs, OwnQuestion } from './own-question.js';
import { groupQuestions, ownUnlisted } from './question-groups.js';
import { QuestionItem } from './question-item.js';
import styles from './questions-panel.module.css';
import { UpvoteButton } from './upvote-button.js';
import { useIsReading } from './use-is-reading.js';

interface QuestionsPanelProps {
  readonly event: EventSummary;
  readonly sessionId: string;
  readonly live: LiveSession;
  /** On a phone what is being answered stands here, not under the stream. */
  readonly showsNow: boolean;
}

/** Ask, read, vote; what was answered below. */
export function QuestionsPanel({ event, sessionId, live, showsNow }: QuestionsPanelProps) {
  const { t } = useTranslation('questions');
  const format = useFormat(event.timeZone);
  const actor = useActor(event.id);
  const own = useStore(askedHere);
  const list = useRef<HTMLDivElement>(null);
  const { now, ranked, answered } = groupQuestions(live.questions);
  const waiting = ownUnlisted(live.me.questions);
  const isEmpty = !now && ranked.length + answered.length + waiting.length === 0;
  const qa = live.session?.state === 'ended' || live.session?.state === 'cancelled' ? 'closed' : live.session?.qa;
  const isWatchOnly = live.guests === 'watch_only';
  return (
    <div className={styles.panel}>
      {qa === 'open' && (
        <div className={styles.composer}>
          {isWatchOnly ? (
            <WatchOnlyNotice />
          ) : (
            <Composer sessionId={sessionId} live={live} name={actor?.name ?? null} onName={() => void askWho(event)} />
          )}
        </div>
      )}
      <div className={styles.list} ref={list}>
        {(qa === 'paused' || qa === 'closed') && (
          <p className={styles.closed}>
            <Icon name="question" /> {t(`qa.${qa}`)}
          </p>
        )}
        {showsNow && now && <BeingAnswered question={now} live={live} isOwn={own.includes(now.id)} />}
        {waiting.length > 0 && (
          <section aria-label={t('own')}>
            <ul>
              {waiting.map((question) => (
                <OwnQuestion key={question.id} question={question} live={live} format={format} />
              ))}
            </ul>
          </section>
        )}
        <RankedQuestions {...{ live, format, own, list }} questions={ranked} />
        {isEmpty && (
          <EmptyState title={t(qa === 'open' && !isWatchOnly ? 'empty.title' : 'empty.none')}>
            {t(qa === 'open' && !isWatchOnly ? 'empty.text' : 'empty.closed')}
          </EmptyState>
        )}
        {answered.length > 0 && (
          <section aria-labelledby="answered-questions">
            <h2 id="answered-questions" className={styles.heading}>
              {t('answered')} <span className="muted numbers">{format.number(answered.length)}</span>
            </h2>
            <ul>
              {answered.map((question) => (
                <QuestionItem
                  key={question.id}
                  question={question}
                  format={format}
                  isOwn={own.includes(question.id)}
                  tags={
                    question.answeredAt && (
                      <Tag tone="ok">{t('answered-at', { time: format.time(question.answeredAt) })}</Tag>
                    )
                  }
                  side={
                    <span className={styles.score} title={t('vote.score', { count: question.score })}>
                      {format.number(question.score)}
                    </span>
                  }
                />
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}

interface RankedQuestionsProps {
  readonly questions: ReturnType<typeof groupQuestions>['ranked'];
  readonly live: LiveSession;
  readonly format: ReturnType<typeof useFormat>;
  readonly own: readonly string[];
  readonly list: React.RefObject<HTMLDivElement | null>;
}

/** The ranked list, still while somebody reads it. */
function RankedQuestions({ questions, live, format, own, list }: RankedQuestionsProps) {
  const { t } = useTranslation('questions');
  const isReading = useIsReading(list);
  const ids = questions.map(({ id }) => id);
  const departed = useDeparted(ids, live.questions);
  const whyGone = new Map(departed.map(({ id, why }) => [id, why]));
  const { shown, fresh, isStale, apply } = useHeldOrder(withDeparted(ids, departed), isReading, own);
  const byId = new Map(questions.map((question) => [question.id, question]));
  const applyAndGoUp = () => {
    apply();
    list.current?.querySelector('[data-question]')?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  };
  return (
    <section aria-label={t('list')} className={styles.ranked}>
      <div className={styles.pill}>
        {(fresh > 0 || isStale) && (
          <button type="button" onClick={applyAndGoUp}>
            {fresh > 0 ? t('fresh', { count: fresh }) : t('stale')}
          </button>
        )}
      </div>
      <ul>
        {shown.flatMap((id) => {
          const question = byId.get(id);
          const why = whyGone.get(id);
          if (why)
            return (
              <li key={id} className={styles.gone}>
                {t(`gone.${why}`)}
              </li>
            );
          if (!question) return [];
          const isOwn = own.includes(id);
          const isEditable = isOwn && question.score <= 1;
          return (
            <QuestionItem
              key={id}
              question={question}
              format={format}
              isOwn={isOwn}
              side={<UpvoteButton question={question} live={live} isOwn={isOwn} />}
            >
              {isEditable && <OwnActs question={question} live={live} />}
            </QuestionItem>
          );
        })}
      </ul>
    </section>
  );
}
