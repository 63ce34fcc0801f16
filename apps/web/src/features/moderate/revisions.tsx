import { useTranslation } from 'react-i18next';
import type { Question, QuestionReview } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import { useProblem } from '../../app/use-problem.js';
import { Button } from '../../ui/button.js';
import { toast } from '../../ui/toast.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import styles from './revisions.module.css';

/** Approved questions whose authors wrote other words since: both are read here, and everybody goes on seeing the approved ones. */
export function Revisions({ live }: { readonly live: LiveSession }) {
  const { t } = useTranslation('moderate');
  const questions = revised(live.questions);
  if (questions.length === 0) return null;
  return (
    <section className={styles.revisions} aria-labelledby="revisions">
      <h3 id="revisions">
        {t('revision.title')} <span className="muted numbers">{questions.length}</span>
      </h3>
      <ul>
        {questions.map((question) => (
          <Revision key={question.id} question={question} live={live} />
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

function Revision({ question, live }: { readonly question: Question; readonly live: LiveSession }) {
  const { t } = useTranslation('moderate');
  const problem = useProblem();
  const { id: questionId, revision } = question;
  const review = async (decision: QuestionReview['decision']) => {
    const payload = { questionId, revision: revision!.id, decision };
    try {
      const done = await live.act((_, client) => client.request('question:review', payload));
      if (done) toast(t(`revision.done-${decision}`));
    } catch (error) {
      toast(problem(error).text);
    }
  };
  return (
    <li className={styles.revision} data-testid="revised-question">
      <p className="muted">
        {t('revision.now')} <UserText lang={question.language}>{question.text}</UserText>
      </p>
      <p>
        <b>{t('revision.new')}</b> <UserText lang={question.language}>{revision!.text}</UserText>
      </p>
      <p className={styles.by}>{neutraliseBidi(question.author?.name ?? t('guest'))}</p>
      <div className={styles.acts}>
        <Button size="small" variant="primary" onClick={() => void review('approve')}>
          {t('revision.approve')}
        </Button>
        <Button size="small" onClick={() => void review('reject')}>
          {t('revision.reject')}
        </Button>
      </div>
    </li>
  );
}
