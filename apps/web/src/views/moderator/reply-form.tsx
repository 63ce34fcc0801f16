import { useTranslation } from 'react-i18next';
import { QUESTION_LENGTH } from '#libs/domain/question-limits';
import { isText, useDraft } from '../../platform/drafts.js';
import { Button } from '../../ui/button.js';
import { DialogActions } from '../../ui/dialog.js';
import { dialogFocus } from '../../ui/dialog-focus.js';
import { TextArea } from '../../ui/text-field.js';
import type { QuestionFormProps } from './asked.js';

export function ReplyForm({ question, moderation, onClose }: QuestionFormProps) {
  const { t } = useTranslation('moderate');
  const [text = question.reply?.text ?? '', keep] = useDraft(`reply/${question.id}`, isText);
  const done = () => {
    keep(undefined);
    onClose();
  };
  const send = async () => {
    if (await moderation.request('question:reply', { questionId: question.id, text })) done();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextArea
        ref={dialogFocus}
        label={t('reply-text')}
        limit={QUESTION_LENGTH}
        rows={4}
        value={text}
        onChange={({ target }) => keep(target.value)}
      />
      <DialogActions>
        <Button onClick={done}>{t('cancel', { ns: 'common' })}</Button>
        <Button variant="primary" type="submit" unavailable={text.trim() === ''}>
          {t('act.reply')}
        </Button>
      </DialogActions>
    </form>
  );
}
