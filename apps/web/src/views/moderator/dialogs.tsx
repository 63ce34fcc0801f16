import { useTranslation } from 'react-i18next';
import type { Question } from '#libs/contract/question';
import { Dialog } from '../../ui/dialog.js';
import { UserText } from '../../ui/user-text.js';
import type { DialogRequest, DialogsProps } from './asked.js';
import { History } from './history.js';
import { MergeForm } from './merge-form.js';
import styles from './moderate.module.css';
import { NoteForm } from './note-form.js';
import { RejectForm } from './reject-form.js';
import { ReplyForm } from './reply-form.js';
import { RestrictForm } from './restrict-form.js';

export function Dialogs({ asked, ...props }: DialogsProps) {
  const { t } = useTranslation('moderate');
  return (
    <Dialog title={asked ? t(`dialog.${asked.kind}`) : ''} isOpen={asked !== null} onClose={props.onClose}>
      {asked && (
        <>
          <blockquote className={styles.quote}>
            <UserText lang={asked.question.language}>{asked.question.text}</UserText>
          </blockquote>
          <Form key={asked.question.id} asked={asked} {...props} />
        </>
      )}
    </Dialog>
  );
}

function Form({
  asked: { kind, question },
  ...props
}: Omit<DialogsProps, 'asked'> & { readonly asked: DialogRequest }) {
  switch (kind) {
    case 'reject':
      return <RejectForm question={question} {...props} />;
    case 'merge':
      return <MergeForm question={question} {...props} />;
    case 'reply':
      return <ReplyForm question={question} {...props} />;
    case 'history':
      return <History question={question} {...props} />;
    case 'note':
      return <NoteForm question={newest(question, props.questions)} {...props} />;
    case 'mute':
    case 'ban':
      return <RestrictForm kind={kind} question={question} {...props} />;
  }
}

/** The current question: the dialog was opened on an earlier version. */
const newest = (question: Question, questions: readonly Question[]) =>
  questions.find(({ id }) => id === question.id) ?? question;
