import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModerationAction, Question } from '#libs/contract/question';
import { EmptyState } from '../../ui/empty-state.js';
import type { Asked } from './dialogs.js';
import styles from './moderate.module.css';
import { QuestionActions, useQuestionMenu } from './question-actions.js';
import { QuestionCard } from './question-card.js';
import type { Selection } from './use-selection.js';

export interface ColumnProps {
  readonly questions: readonly Question[];
  readonly offset: number;
  readonly selection: Selection;
  readonly onAct: (question: Question, action: ModerationAction) => void;
  readonly onAsk: (asked: Asked) => void;
}

export function WaitingColumn({
  questions,
  isPremoderated,
  offset,
  selection,
  onAct,
  onAsk,
  children,
}: ColumnProps & { readonly isPremoderated: boolean; readonly children?: ReactNode }) {
  const { t } = useTranslation('moderate');
  const menuOf = useQuestionMenu(onAsk);
  return (
    <section className={styles.column} data-panel="waiting" aria-labelledby="waiting">
      <header className={styles.head}>
        <h2 id="waiting">
          {t('column.waiting')} <span className="muted numbers">{questions.length}</span>
        </h2>
        <span className="muted">{t(isPremoderated ? 'read-first' : 'read-after')}</span>
      </header>
      {children}
      <ul className={styles.inside} data-question-list>
        {questions.map((question) => (
          <QuestionCard
            key={question.id}
            question={question}
            offset={offset}
            isSelected={selection.column === 'waiting' && selection.id === question.id}
            onSelect={() => selection.select('waiting', question.id)}
            menu={menuOf(question)}
            actions={<QuestionActions question={question} onAct={onAct} onAsk={onAsk} />}
          />
        ))}
        {questions.length === 0 && (
          <li>
            <EmptyState title={t('empty.waiting')}>{t('empty.waiting-text')}</EmptyState>
          </li>
        )}
      </ul>
    </section>
  );
}
