import { useTranslation } from 'react-i18next';
import { REASON_LENGTH } from '#libs/domain/question-limits';
import { isText, useDraft } from '../../platform/drafts.js';
import { Button } from '../../ui/button.js';
import { DialogActions } from '../../ui/dialog.js';
import { TextField } from '../../ui/text-field.js';
import type { QuestionFormProps } from './asked.js';
import { NumberedChoices } from './numbered-choices.js';

const REASONS = ['off-topic', 'asked', 'unclear', 'tone', 'personal'] as const;

/** The author reads the reason, so it is chosen from friendly presets or written. */
export function RejectForm(props: QuestionFormProps) {
  const { t } = useTranslation('moderate');
  const { reason, keep, reject, cancel } = useRejection(props);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void reject(reason);
      }}
    >
      <p className="muted">{t('reject.why')}</p>
      <NumberedChoices
        choices={REASONS.map((key) => ({
          key,
          content: t(`reason.${key}`),
          onChoose: () => void reject(t(`reason.${key}`)),
        }))}
      />
      <TextField
        label={t('reject.own')}
        value={reason}
        maxLength={REASON_LENGTH}
        autoComplete="off"
        onChange={({ target }) => keep(target.value)}
      />
      <DialogActions>
        <Button onClick={cancel}>{t('cancel', { ns: 'common' })}</Button>
        <Button variant="primary" type="submit">
          {t('act.reject')}
        </Button>
      </DialogActions>
    </form>
  );
}

/** What was typed stays until the question is rejected, or the form is cancelled. */
function useRejection({ question, moderation, onClose }: QuestionFormProps) {
  const [reason = '', keep] = useDraft(`reject/${question.id}`, isText);
  const reject = async (text: string) => {
    onClose();
    const isDone = await moderation.moderate(question, 'reject', text.trim() ? { reason: text.trim() } : {});
    if (isDone) keep(undefined);
  };
  const cancel = () => {
    keep(undefined);
    onClose();
  };
  return { reason, keep, reject, cancel };
}
