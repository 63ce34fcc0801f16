import { useTranslation } from 'react-i18next';
import { newId } from '#libs/client/new-id';
import { NOTE_LENGTH } from '#libs/domain/question-limits';
import type { Question, QuestionNote } from '#libs/contract/question';
import { useDraft } from '../../platform/drafts.js';
import { Button } from '../../ui/button.js';
import { DialogActions } from '../../ui/dialog.js';
import { dialogFocus } from '../../ui/dialog-focus.js';
import { countCharacters, TextArea } from '../../ui/text-field.js';
import { UserText } from '../../ui/user-text.js';
import styles from './moderate.module.css';
import { isNoteDraft, type NoteDraft } from './note-draft.js';
import type { Moderation } from './use-moderation.js';

interface NoteFormProps {
  /** As it is now: another moderator may write meanwhile. */
  readonly question: Question;
  readonly moderation: Moderation;
  readonly onClose: () => void;
}

/** Writes the moderators' note on a question. */
export function NoteForm(props: NoteFormProps) {
  const { t } = useTranslation('moderate');
  const { note } = props.question;
  const { text, write, isOverwritten, isSendable, done, save, remove } = useNote(props);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {isOverwritten && <Overwritten note={note} />}
      <TextArea
        ref={dialogFocus}
        label={t('note.field')}
        limit={NOTE_LENGTH}
        rows={4}
        value={text}
        onChange={({ target }) => write(target.value)}
      />
      <DialogActions>
        <Button onClick={done}>{t('cancel', { ns: 'common' })}</Button>
        {note && <Button onClick={() => void remove(note)}>{t('note.remove')}</Button>}
        <Button variant="primary" type="submit" unavailable={!isSendable}>
          {t(isOverwritten && note ? 'note.replace' : 'note.save')}
        </Button>
      </DialogActions>
    </form>
  );
}

/** What was typed is kept until it is saved or cancelled. */
function useNote({ question, moderation, onClose }: NoteFormProps) {
  const { t } = useTranslation('moderate');
  const { note } = question;
  const [draft, keep] = useDraft(`note/${question.id}`, isNoteDraft);
  const replaces = note?.id ?? null;
  const isOverwritten = draft !== undefined && draft.replaces !== replaces && draft.id !== replaces;
  const text = draft?.text ?? note?.text ?? '';
  const isSendable = draft !== undefined && text.trim() !== '' && countCharacters(text) <= NOTE_LENGTH;
  const done = () => {
    keep(undefined);
    onClose();
  };
  const save = async () => {
    if (!isSendable) return;
    const payload = { questionId: question.id, id: draft.id, text: text.trim(), replaces };
    if (await moderation.act('question:note', payload, t('note.saved'), [])) done();
  };
  const remove = async (removed: QuestionNote) => {
    const { id: questionId } = question;
    const back = { questionId, id: newId(), text: removed.text, replaces: null };
    const payload = { questionId, id: newId(), text: null, replaces: removed.id };
    const steps = [{ request: 'question:note' as const, payload: back }];
    if (await moderation.act('question:note', payload, t('note.removed'), steps)) done();
  };
  const write = (typed: string) => keep(noteDraft(typed, draft, replaces));
  return { text, write, isOverwritten, isSendable, done, save, remove };
}

/** Each text gets its own id, so that sending it again changes nothing. */
const noteDraft = (text: string, before: NoteDraft | undefined, replaces: string | null): NoteDraft => ({
  id: newId(),
  text,
  replaces: before ? before.replaces : replaces,
});

/** The note of another moderator that was saved while this one was written. */
function Overwritten({ note }: { readonly note: QuestionNote | undefined }) {
  const { t } = useTranslation('moderate');
  return (
    <div role="status" className={styles.overwritten} data-testid="note-overwritten">
      {note ? (
        <>
          <p>{t('note.changed', { name: note.author ?? t('colleagues.unnamed') })}</p>
          <p>
            <UserText>{note.text}</UserText>
          </p>
        </>
      ) : (
        <p>{t('note.gone')}</p>
      )}
    </div>
  );
}
