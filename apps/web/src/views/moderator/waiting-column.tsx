import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModerationAction } from '#libs/domain/question-transitions';
import type { Question } from '#libs/contract/question';
import { EmptyState } from '../../ui/empty-state.js';
import { TextField } from '../../ui/text-field.js';
import { ApproveAll } from './approve-all.js';
import type { DialogRequest } from './asked.js';
import styles from './moderate.module.css';
import { QuestionActions, useQuestionMenu } from './question-actions.js';
import { QuestionCard } from './question-card.js';
import type { Measures } from './use-measures.js';
import { SimilarQuestions } from './similar-questions.js';
import type { Selection } from './use-selection.js';

export interface ColumnProps {
  readonly questions: readonly Question[];
  readonly offset: number;
  readonly selection: Selection;
  readonly onAct: (question: Question, action: ModerationAction) => void;
  readonly onAsk: (asked: DialogRequest) => void;
  readonly measures: Measures;
  /** What only moderators see of a question. */
  readonly asideOf: (question: Question) => ReactNode;
}

interface WaitingColumnProps extends ColumnProps {
  readonly isPremoderated: boolean;
  /** Every question of the session, to find what may ask the same. */
  readonly all: readonly Question[];
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onMerge: (question: Question, into: Question) => void;
  /** Above the list: new texts of approved questions. */
  readonly children?: ReactNode;
  readonly onApproveAll: (questions: readonly Question[]) => void;
}

export function WaitingColumn(props: WaitingColumnProps) {
  const { questions, offset, selection, all, search, onSearch, onAct, onAsk, onMerge } = props;
  const { t } = useTranslation('moderate');
  const menuOf = useQuestionMenu(onAsk, props.measures);
  return (
    <section className={styles.column} data-panel="waiting" aria-labelledby="waiting">
      <Head questions={questions} isPremoderated={props.isPremoderated} onApproveAll={props.onApproveAll} />
      <TextField
        type="search"
        label={t('search')}
        isLabelHidden
        placeholder={t('search')}
        className={styles.search}
        value={search}
        onChange={({ target }) => onSearch(target.value)}
      />
      {props.children}
      <ul className={styles.inside} data-question-list>
        {questions.map((question) => (
          <QuestionCard
            key={question.id}
            question={question}
            offset={offset}
            isSelected={selection.column === 'waiting' && selection.id === question.id}
            onSelect={() => selection.select('waiting', question.id)}
            menu={menuOf(question)}
            aside={props.asideOf(question)}
            actions={
              <>
                <QuestionActions question={question} onAct={onAct} onAsk={onAsk} />
                <SimilarQuestions question={question} questions={all} onMerge={(into) => onMerge(question, into)} />
              </>
            }
          />
        ))}
        {questions.length === 0 && <NoneWaiting isSearching={search !== ''} />}
      </ul>
    </section>
  );
}

function Head({
  questions,
  isPremoderated,
  onApproveAll,
}: Pick<WaitingColumnProps, 'questions' | 'isPremoderated' | 'onApproveAll'>) {
  const { t } = useTranslation('moderate');
  return (
    <header className={styles.head}>
      <h2 id="waiting">
        {t('column.waiting')} <span className="muted numbers">{questions.length}</span>
      </h2>
      <span className="muted">{t(isPremoderated ? 'read-first' : 'read-after')}</span>
      <ApproveAll questions={questions} onApprove={onApproveAll} />
    </header>
  );
}

function NoneWaiting({ isSearching }: { readonly isSearching: boolean }) {
  const { t } = useTranslation('moderate');
  return (
    <li>
      {isSearching ? (
        <EmptyState title={t('empty.search')} />
      ) : (
        <EmptyState title={t('empty.waiting')}>{t('empty.waiting-text')}</EmptyState>
      )}
    </li>
  );
}
