import { sendQuestion, type SentQuestion } from '#libs/client/send-question';
import type { Question } from '#libs/contract/question';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isText, useDraft } from '../../platform/drafts.js';
import { useProblem } from '../../platform/use-problem.js';
import { Button } from '../../ui/button.js';
import { Dialog, DialogActions } from '../../ui/dialog.js';
import { countCharacters, TextArea } from '../../ui/text-field.js';
import { toast } from '../../ui/toast.js';
import type { LiveSession } from '../session/use-session.js';
import styles from './own-question.module.css';
import { QUESTION_LENGTH } from '#libs/domain/question-limits';

interface RewordedProps {
  readonly question: Question;
  readonly live: Pick<LiveSession, 'act'>;
}

/** A rejected question with another text: it is sent as a new one, with the options of the first. */
export function Reworded(props: RewordedProps) {
  const { t } = useTranslation('questions');
  const [isOpen, setIsOpen] = useState(false);
  const { draft, write, failure, isDone, isSendable, send } = useRewording(props, () => setIsOpen(false));
  if (isDone) return null;
  return (
    <>
      <Button size="small" className={styles.again} onClick={() => setIsOpen(true)}>
        {t('again.open')}
      </Button>
      <Dialog title={t('again.title')} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <TextArea
          label={t('edit.label')}
          hint={t('again.hint')}
          error={failure}
          value={draft}
          limit={QUESTION_LENGTH}
          rows={4}
          onChange={(event) => write(event.target.value)}
        />
        <DialogActions>
          <Button variant="primary" unavailable={!isSendable} onClick={() => void send()}>
            {t('again.send')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

/** The other words, kept until they are sent; a refusal stays beside them until they are changed. */
function useRewording({ question, live }: RewordedProps, onSent: () => void) {
  const { t } = useTranslation('questions');
  const problem = useProblem();
  const [isDone, setIsDone] = useState(false);
  const [draft = question.text, keep] = useDraft(`again/${question.id}`, isText);
  const sent = useRef<SentQuestion>(undefined);
  const [failure, setFailure] = useState<string>();
  const { anonymous, language } = question;
  const text = draft.trim();
  const length = countCharacters(text);
  const isSendable = length > 0 && length <= QUESTION_LENGTH && text !== question.text;
  const send = async () => {
    try {
      const onSending = (attempt: SentQuestion) => void (sent.current = attempt);
      const asked = await live.act((feed) =>
        sendQuestion(feed, { text, anonymous, language }, { before: sent.current, onSending }),
      );
      if (!asked) return;
      keep(undefined);
      onSent();
      setIsDone(true);
      toast(t(asked.state === 'pending' ? 'ask.waiting' : 'ask.listed'));
    } catch (error) {
      setFailure(problem(error).text);
    }
  };
  const write = (typed: string) => {
    keep(typed);
    setFailure(undefined);
  };
  return { draft, write, failure, isDone, isSendable, send };
}
