import { useTranslation } from 'react-i18next';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Question, QuestionReview } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import { useProblem } from '../../platform/use-problem.js';
import { Button } from '../../ui/button.js';
import { Kbd } from '../../ui/kbd.js';
import { isTyping } from '../../ui/shortcuts.js';
import { toast } from '../../ui/toast.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../../features/session/use-session.js';
import styles from './revisions.module.css';

interface RevisionsProps {
  readonly live: LiveSession;
  /** What only moderators see of a question. */
  readonly asideOf?: (question: Question) => ReactNode;
}

/** Approved questions with a pending revision: both texts are shown here, and everybody else still sees the approved one. */
export function Revisions({ live, asideOf }: RevisionsProps) {
  const { t } = useTranslation('moderate');
  const questions = revised(live.questions);
  if (questions.length === 0) return null;
  return (
    <section className={styles.revisions} aria-labelledby="revisions">
      <h3 id="revisions">
        {t('revision.title')} <span className="muted numbers">{questions.length}</span> <Kbd>W</Kbd>
      </h3>
      <ul>
        {questions.map((question) => (
          <Revision key={question.id} question={question} live={live} aside={asideOf?.(question)} />
        ))}
      </ul>
    </section>
  );
}

/** The oldest first, as everything that waits. */
export function revised(questions: readonly Question[]): Question[] {
  const at = ({ revision }: Question) => revision?.at ?? '';
  return questions
    .filter(({ revision }) => revision?.state === 'pending')
    .sort((a, b) => at(a).localeCompare(at(b)) || a.id.localeCompare(b.id));
}

interface RevisionProps {
  readonly question: Question;
  readonly live: LiveSession;
  readonly aside: ReactNode;
}

/** Decides on the new words of a question, by a button or a key. */
function useReview({ question, live }: Omit<RevisionProps, 'aside'>) {
  const { t } = useTranslation('moderate');
  const problem = useProblem();
  const { id: questionId, revision } = question;
  const review = async (decision: QuestionReview['decision']) => {
    const payload = { questionId, revision: revision!.id, decision };
    try {
      const done = await live.act((_, client) => client.request('question:review', payload));
      if (!done) return;
      toast(t(`revision.done-${decision}`));
      focusRevisionAfter(questionId);
    } catch (error) {
      toast(problem(error).text);
    }
  };
  const press = (event: KeyboardEvent) => {
    const decision = isTyping(event.nativeEvent) ? undefined : DECISIONS[event.key.toLowerCase()];
    if (!decision) return;
    event.preventDefault(); // the same keys mean the selected question elsewhere
    void review(decision);
  };
  return { review, press };
}

function Revision({ question, live, aside }: RevisionProps) {
  const { t } = useTranslation('moderate');
  const { review, press } = useReview({ question, live });
  return (
    <li
      className={styles.revision}
      tabIndex={-1}
      data-testid="revised-question"
      data-revision={question.id}
      onKeyDown={press}
    >
      <p className="muted">
        {t('revision.now')} <UserText lang={question.language}>{question.text}</UserText>
      </p>
      <p>
        <b>{t('revision.new')}</b> <UserText lang={question.language}>{question.revision!.text}</UserText>
      </p>
      <p className={styles.by}>{neutraliseBidi(question.author?.name ?? t('guest'))}</p>
      {aside}
      <div className={styles.acts}>
        <Button
          size="small"
          variant="primary"
          aria-label={t('revision.approve')}
          onClick={() => void review('approve')}
        >
          <span>{t('act.approve')}</span> <Kbd isHint>A</Kbd>
        </Button>
        <Button size="small" aria-label={t('revision.reject')} onClick={() => void review('reject')}>
          <span>{t('act.reject')}</span> <Kbd isHint>R</Kbd>
        </Button>
      </div>
    </li>
  );
}

const DECISIONS: Readonly<Record<string, QuestionReview['decision']>> = { a: 'approve', r: 'reject' };

const shownRevisions = () => [...document.querySelectorAll<HTMLElement>('[data-revision]')];

/** Moves the focus to the oldest revision, and from there to the next ones; does nothing where there is none. */
export function focusRevision(): void {
  const shown = shownRevisions();
  const at = shown.findIndex((item) => item.contains(document.activeElement));
  shown[(at + 1) % shown.length]?.focus();
}

/** A revision was decided on: the focus, where it was on it, moves to another one, or back to the pending questions. */
function focusRevisionAfter(questionId: string): void {
  const isElsewhere = !(document.activeElement ?? document.body).matches(
    `body, [data-revision="${questionId}"] *, [data-revision]`,
  );
  if (isElsewhere) return;
  const next = shownRevisions().find(({ dataset }) => dataset.revision !== questionId);
  (next ?? document.querySelector<HTMLElement>('[data-question-list] [tabindex="0"]'))?.focus();
}
