import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText } from '#libs/contract/fold';
import type { Question } from '#libs/contract/question';
import { QUESTION_LENGTH, REASON_LENGTH } from '#libs/domain/question-limits';
import { isVotable } from '#libs/domain/question-states';
import { isText, useDraft } from '../../platform/drafts.js';
import { useFormat } from '../../i18n/use-format.js';
import { Button } from '../../ui/button.js';
import { Dialog, DialogActions } from '../../ui/dialog.js';
import { dialogFocus } from '../../ui/dialog-focus.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { UserText } from '../../ui/user-text.js';
import styles from './moderate.module.css';
import { NoteForm } from './note-form.js';
import { NumberedChoices } from './numbered-choices.js';
import type { Moderation } from './use-moderation.js';

/** The subject of a dialog. */
export interface Asked {
  readonly kind: 'reject' | 'merge' | 'reply' | 'history' | 'note' | 'mute' | 'ban';
  readonly question: Question;
}

interface DialogsProps {
  readonly asked: Asked | null;
  readonly onClose: () => void;
  readonly sessionId: string;
  readonly questions: readonly Question[];
  readonly moderation: Moderation;
}

interface FormProps extends Omit<DialogsProps, 'asked'> {
  readonly question: Question;
}

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

function Form({ asked: { kind, question }, ...props }: Omit<DialogsProps, 'asked'> & { readonly asked: Asked }) {
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

const REASONS = ['off-topic', 'asked', 'unclear', 'tone', 'personal'] as const;

/** The author reads the reason, so it is chosen from friendly presets or written. */
function RejectForm({ question, moderation, onClose }: FormProps) {
  const { t } = useTranslation('moderate');
  const [reason = '', keep] = useDraft(`reject/${question.id}`, isText);
  const send = async (text: string) => {
    onClose();
    const isDone = await moderation.moderate(question, 'reject', text.trim() ? { reason: text.trim() } : {});
    if (isDone) keep(undefined);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(reason);
      }}
    >
      <p className="muted">{t('reject.why')}</p>
      <NumberedChoices
        choices={REASONS.map((key) => ({
          key,
          content: t(`reason.${key}`),
          onChoose: () => void send(t(`reason.${key}`)),
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
        <Button
          onClick={() => {
            keep(undefined);
            onClose();
          }}
        >
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button variant="primary" type="submit">
          {t('act.reject')}
        </Button>
      </DialogActions>
    </form>
  );
}

function MergeForm({ question, questions, moderation, onClose }: FormProps) {
  const { t } = useTranslation('moderate');
  const [search, setSearch] = useState('');
  const wanted = foldText(search.trim());
  const others = questions
    .filter(({ id, state }) => id !== question.id && isVotable(state))
    .filter(({ text }) => foldText(text).includes(wanted))
    .sort((a, b) => b.score - a.score)
    .slice(0, 12);
  const merge = (into: Question) => {
    onClose();
    void moderation.moderate(question, 'merge', { into: into.id });
  };
  return (
    <>
      <p className="muted">{t('merge.how')}</p>
      <TextField label={t('merge.search')} value={search} onChange={({ target }) => setSearch(target.value)} />
      {others.length === 0 && <p className="muted">{t('merge.none')}</p>}
      <NumberedChoices
        choices={others.map((other) => ({
          key: other.id,
          content: (
            <>
              <UserText lang={other.language}>{other.text}</UserText>
              <b className="numbers">{other.score}</b>
            </>
          ),
          onChoose: () => merge(other),
        }))}
      />
    </>
  );
}

function ReplyForm({ question, moderation, onClose }: FormProps) {
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

function History({ question, moderation }: FormProps) {
  const { t } = useTranslation('moderate');
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['history', question.id],
    queryFn: async () => (await moderation.request('question:history', { questionId: question.id })) ?? null,
    gcTime: 0,
  });
  if (data === undefined) return <p className="muted">{t('loading', { ns: 'common' })}</p>;
  if (!data || data.entries.length === 0) return <p className="muted">{t('history.empty')}</p>;
  return (
    <ol className={styles.history}>
      {data.entries.map(({ action, actor, reason, at }, index) => (
        <li key={index}>
          <b>{t(`acted.${action}`, { defaultValue: action })}</b>{' '}
          <span className="muted">
            <span>{actor ?? t('history.nobody')}</span> <span>·</span>{' '}
            <span className="numbers">{format.time(at)}</span>
          </span>
          {reason && <p>{reason}</p>}
        </li>
      ))}
    </ol>
  );
}

function RestrictForm({
  kind,
  question,
  sessionId,
  moderation,
  onClose,
}: FormProps & { readonly kind: 'mute' | 'ban' }) {
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
        <Button
          onClick={() => {
            keep(undefined);
            onClose();
          }}
        >
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button variant={kind === 'ban' ? 'danger' : 'primary'} type="submit">
          {t(`act.${kind}`)}
        </Button>
      </DialogActions>
    </form>
  );
}
