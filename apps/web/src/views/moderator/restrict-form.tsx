import { useTranslation } from 'react-i18next';
import { REASON_LENGTH } from '#libs/domain/question-limits';
import { isText, useDraft } from '../../platform/drafts.js';
import { Button } from '../../ui/button.js';
import { DialogActions } from '../../ui/dialog.js';
import { TextField } from '../../ui/text-field.js';
import type { QuestionFormProps } from './asked.js';

interface RestrictFormProps extends QuestionFormProps {
  readonly kind: 'mute' | 'ban';
}

/** Mutes or bans the author of a question, with a reason for the other moderators. */
export function RestrictForm(props: RestrictFormProps) {
  const { kind } = props;
  const { t } = useTranslation('moderate');
  const { reason, keep, restrict, cancel } = useRestriction(props);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void restrict();
      }}
    >
      <p>{t(`restrict.${kind}`)}</p>
      <TextField
        label={t('restrict.reason')}
        value={reason}
        maxLength={REASON_LENGTH}
        onChange={({ target }) => keep(target.value)}
      />
      <DialogActions>
        <Button onClick={cancel}>{t('cancel', { ns: 'common' })}</Button>
        <Button variant={kind === 'ban' ? 'danger' : 'primary'} type="submit">
          {t(`act.${kind}`)}
        </Button>
      </DialogActions>
    </form>
  );
}

/** What was typed stays until the author is restricted, or the form is cancelled. */
function useRestriction({ kind, question, sessionId, moderation, onClose }: RestrictFormProps) {
  const { t } = useTranslation('moderate');
  const [reason = '', keep] = useDraft(`${kind}/${question.id}`, isText);
  const restrict = async () => {
    const actorId = question.author?.id;
    onClose();
    if (!actorId) return;
    const text = reason.trim();
    const isDone = await moderation.act(
      'actor:restrict',
      { sessionId, actorId, restriction: kind, ...(text && { reason: text }) },
      t(`done.${kind}`, { name: question.author?.name ?? t('guest') }),
      [{ request: 'actor:restrict', payload: { sessionId, actorId, restriction: `un${kind}` } }],
    );
    if (isDone) keep(undefined);
  };
  const cancel = () => {
    keep(undefined);
    onClose();
  };
  return { reason, keep, restrict, cancel };
}
