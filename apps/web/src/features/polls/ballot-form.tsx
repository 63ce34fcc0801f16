import type { Poll } from '#libs/contract/poll';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../platform/use-problem.js';
import { Button } from '../../ui/button.js';
import { classNames } from '../../ui/class-names.js';
import { toast } from '../../ui/toast.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import styles from './ballot-form.module.css';
import { useBallotDraft } from './ballot-draft.js';
import { ballotOf, ballotProblem, choiceBounds } from './ballot-rules.js';

interface BallotFormProps {
  readonly poll: Poll;
  readonly live: Pick<LiveSession, 'act'>;
  /** The ballot given before, when it is being changed. */
  readonly chosen: readonly string[];
  readonly onDone: () => void;
  readonly onCancel?: (() => void) | undefined;
}

/** The form for a ballot: radio buttons, or check boxes with the required number. */
export function BallotForm(props: BallotFormProps) {
  const { poll, chosen: before, onCancel } = props;
  const { t } = useTranslation('polls');
  const { id, chosen, wrong, isSending, choose, send, keepBefore } = useBallot(props);
  return (
    <form onSubmit={(event) => void send(event)}>
      <fieldset aria-describedby={`${id}-hint`}>
        <legend className="visually-hidden">{poll.question}</legend>
        <Hint id={`${id}-hint`} poll={poll} isTooMany={wrong === 'too-many'} />
        <div className={poll.type === 'rating' ? styles.steps : undefined}>
          {poll.options.map((option) => (
            <label key={option.id} className={styles.option}>
              <input
                type={poll.type === 'multiple' ? 'checkbox' : 'radio'}
                name={id}
                checked={chosen.includes(option.id)}
                onChange={(event) => choose(option.id, event.target.checked)}
              />
              <UserText>{option.text}</UserText>
            </label>
          ))}
        </div>
      </fieldset>
      <div className={styles.acts}>
        <Button type="submit" variant="primary" unavailable={wrong !== null || isSending}>
          {t(before.length > 0 ? 'answer.change' : 'answer.send')}
        </Button>
        {onCancel && <Button onClick={keepBefore}>{t('answer.keep')}</Button>}
      </div>
    </form>
  );
}

/** What is chosen; it is kept until it is sent. */
function useBallot({ poll, live, chosen: before, onDone, onCancel }: BallotFormProps) {
  const problem = useProblem();
  const id = useId();
  const [kept, keep] = useBallotDraft(poll);
  const chosen = kept ?? before;
  const [isSending, setIsSending] = useState(false);
  const wrong = ballotProblem(poll, chosen);

  const choose = (option: string, isOn: boolean) => {
    if (poll.type !== 'multiple') keep([option]);
    else keep(isOn ? [...chosen, option] : chosen.filter((known) => known !== option));
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong || isSending) return;
    setIsSending(true);
    try {
      if (!(await live.act((feed) => feed.answer(poll.id, ballotOf(poll, chosen))))) return;
      keep(undefined);
      onDone();
    } catch (error) {
      toast(problem(error).text);
    } finally {
      setIsSending(false);
    }
  };
  const keepBefore = () => {
    keep(undefined);
    onCancel?.();
  };
  return { id, chosen, wrong, isSending, choose, send, keepBefore };
}

interface HintProps {
  readonly id: string;
  readonly poll: Poll;
  readonly isTooMany: boolean;
}

/** How many answers are wanted. */
function Hint({ id, poll, isTooMany }: HintProps) {
  const { t } = useTranslation('polls');
  const { min, max } = choiceBounds(poll);
  return (
    <p id={id} className={classNames(styles.hint, isTooMany && styles.wrong)} role={isTooMany ? 'alert' : undefined}>
      {poll.type === 'multiple'
        ? t(min === max ? 'choose.exactly' : 'choose.between', { count: max, min, max })
        : t(poll.type === 'rating' ? 'choose.step' : 'choose.one')}
    </p>
  );
}
