import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { useHeldOrder } from '../../features/questions/hold-order.js';
import { useIsUnderHand } from './use-is-under-hand.js';
import styles from './moderate.module.css';
import { QuestionActions, useQuestionMenu } from './question-actions.js';
import { QuestionCard } from './question-card.js';
import { RANKED_TABS, type RankedTab } from './queues.js';
import type { ColumnProps } from './waiting-column.js';

interface RankedColumnProps extends ColumnProps {
  readonly tab: RankedTab;
  readonly onTab: (tab: RankedTab) => void;
  readonly counts: Readonly<Record<RankedTab, number>>;
  readonly isSearching: boolean;
}

export function RankedColumn(props: RankedColumnProps) {
  const { questions, tab, offset, selection, onAct, onAsk } = props;
  const { t } = useTranslation('moderate');
  const menuOf = useQuestionMenu(onAsk, props.measures);
  const list = useRef<HTMLUListElement>(null);
  const isUnderHand = useIsUnderHand(list);
  const byId = new Map(questions.map((question) => [question.id, question]));
  const { shown, fresh, isStale, apply } = useHeldOrder([...byId.keys()], { isHeld: isUnderHand });
  const inOrder = shown.flatMap((id) => byId.get(id) ?? []);
  return (
    <section className={styles.column} data-panel="ranked" aria-labelledby="ranked">
      <Head questions={questions} tab={tab} onTab={props.onTab} counts={props.counts} />
      {(fresh > 0 || isStale) && (
        <Button size="small" variant="primary" className={styles.pill} onClick={apply}>
          {fresh > 0 ? t('fresh', { count: fresh }) : t('stale')}
        </Button>
      )}
      <ul ref={list} className={styles.inside} data-question-list>
        {inOrder.map((question) => (
          <QuestionCard
            key={question.id}
            question={question}
            offset={offset}
            hasScore
            isSelected={selection.column === 'ranked' && selection.id === question.id}
            onSelect={() => selection.select('ranked', question.id)}
            menu={menuOf(question)}
            aside={props.asideOf(question)}
            actions={<QuestionActions question={question} onAct={onAct} onAsk={onAsk} />}
          />
        ))}
        {questions.length === 0 && (
          <li>
            <EmptyState title={t(props.isSearching ? 'empty.search' : `empty.${tab}`)} />
          </li>
        )}
      </ul>
    </section>
  );
}

function Head({ questions, tab, onTab, counts }: Pick<RankedColumnProps, 'questions' | 'tab' | 'onTab' | 'counts'>) {
  const { t } = useTranslation('moderate');
  return (
    <header className={styles.head}>
      <h2 id="ranked">
        {t('column.ranked')} <span className="muted numbers">{questions.length}</span>
      </h2>
      <div className={styles.filters} role="group" aria-label={t('filter')}>
        {RANKED_TABS.map((value) => (
          <button key={value} type="button" aria-pressed={tab === value} onClick={() => onTab(value)}>
            {t(`tab.${value}`)} <span className="muted numbers">{counts[value]}</span>
          </button>
        ))}
      </div>
    </header>
  );
}
