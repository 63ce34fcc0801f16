import type { SessionFeed } from '#libs/client/session-feed';
import type { Question } from '#libs/contract/question';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isText, useDraft } from '../../platform/drafts.js';
import { useProblem } from '../../platform/use-problem.js';
import type { Format } from '../../i18n/format.js';
import { Button } from '../../ui/button.js';
import { Dialog, DialogActions } from '../../ui/dialog.js';
import { Tag, type TagTone } from '../../ui/tag.js';
import { TextArea, countCharacters } from '../../ui/text-field.js';
import { toast } from '../../ui/toast.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import { QUESTION_LENGTH } from '#libs/domain/question-limits';
import { QuestionItem } from './question-item.js';
import { Reworded } from './reworded.js';
import styles from './own-question.module.css';

const TONES: Partial<Record<Question['state'], TagTone>> = { pending: 'warn', approved: 'ok', merged: 'brand' };

interface OwnQuestionProps {
  readonly question: Question;
  readonly live: Pick<LiveSession, 'act' | 'guests' | 'me' | 'session'>;
  readonly format: Format;
}

/** An own question that others do not see (any more): its state, the reason, and the possible actions. */
export function OwnQuestion({ question, live, format }: OwnQuestionProps) {
  const { t } = useTranslation('questions');
  const { state, reason } = question;
  return (
    <QuestionItem
      question={question}
      format={format}
      isOwn
      tags={<Tag tone={TONES[state] ?? 'neutral'}>{t(`state.${state}`)}</Tag>}
      side={state === 'pending' && <OwnActs question={question} live={live} />}
    >
      {reason && (
        <p className={styles.reason}>
          {t('reason')} <UserText>{reason}</UserText>
        </p>
      )}
      {state === 'rejected' && live.guests !== 'watch_only' && live.session?.qa === 'open' && (
        <Reworded question={question} live={live} />
      )}
    </QuestionItem>
  );
}

/** Edit the text, or withdraw the question; where guests only watch, only the latter. */
export function OwnActs(props: OwnActsProps) {
  const { t } = useTranslation('questions');
  const [isEditing, setIsEditing] = useState(false);
  const own = useOwnWords(props, () => setIsEditing(false));
  if (props.live.guests === 'watch_only')
    return (
      <Button size="small" className={styles.edit} onClick={own.withdraw}>
        {t('withdraw.action')}
      </Button>
    );
  return (
    <>
      <Button size="small" className={styles.edit} onClick={() => setIsEditing(true)}>
        {t('edit.open')}
      </Button>
      <Dialog title={t('edit.title')} isOpen={isEditing} onClose={() => setIsEditing(false)}>
        <TextArea
          label={t('edit.label')}
          hint={t('edit.hint')}
          value={own.text}
          limit={QUESTION_LENGTH}
          rows={4}
          onChange={(event) => own.write(event.target.value)}
        />
        <DialogActions>
          <Button variant="primary" unavailable={!own.isChanged} onClick={own.save}>
            {t('edit.save')}
          </Button>
          <Button variant="danger" onClick={own.withdraw}>
            {t('withdraw.action')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

type OwnActsProps = Omit<OwnQuestionProps, 'format'>;

/** The words of an own question while they are changed; they are kept until the change, or the question's end, is done. */
function useOwnWords({ question, live }: OwnActsProps, onDone: () => void) {
  const { t } = useTranslation('questions');
  const problem = useProblem();
  const [draft, write] = useDraft(`edit/${question.id}`, isText);
  const written = live.me.revisions?.[question.id]?.text ?? question.text;
  const text = draft ?? written;
  const run = async (act: (feed: SessionFeed) => Promise<Question>, done: string) => {
    try {
      const changed = await live.act(act);
      if (changed === undefined) return;
      write(undefined);
      toast(changed.revision ? t('edit.waiting') : done);
      onDone();
    } catch (error) {
      toast(problem(error).text);
    }
  };
  const length = countCharacters(text.trim());
  return {
    text,
    write,
    isChanged: length > 0 && length <= QUESTION_LENGTH && text.trim() !== written,
    save: () => void run((feed) => feed.edit(question.id, text.trim()), t('edit.done')),
    withdraw: () => void run((feed) => feed.withdraw(question.id), t('withdraw.done')),
  };
}
