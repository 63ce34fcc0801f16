import { sendQuestion, type SentQuestion } from '#libs/client/send-question';
import { type FocusEvent, type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, useProblem } from '../../platform/use-problem.js';
import { isInterfaceLanguage } from '../../i18n/languages.js';
import { Button } from '../../ui/button.js';
import { countCharacters, TextArea } from '../../ui/text-field.js';
import { toast } from '../../ui/toast.js';
import type { LiveSession } from '../session/use-session.js';
import type { Writing } from '../session/use-writing.js';
import { AlreadyAsked } from './already-asked.js';
import { ComposerNote } from './composer-note.js';
import { ComposerOptions } from './composer-options.js';
import styles from './composer.module.css';
import { forgetAsked, useQuestionDraft } from './question-draft.js';
import { QUESTION_LENGTH } from '#libs/domain/question-limits';

interface ComposerProps {
  readonly sessionId: string;
  readonly live: LiveSession;
  readonly writing: Pick<Writing, 'mode' | 'onOpen' | 'isWide'>;
  /** How the author's name is shown; null without a name. */
  readonly name: string | null;
  readonly onName: () => void;
  /** Opens a question of the list. */
  readonly onSee: (questionId: string) => void;
}

/** A person who must wait longer, in slow mode or without a network, sees this at once and keeps their text. */
const PATIENCE_MS = 12_000;

/** The form for a question. It expands when it is used; its text is kept until it is sent. */
export function Composer(props: ComposerProps) {
  const { live, writing, name, onName } = props;
  const { t } = useTranslation('questions');
  const form = useComposer(props);
  const { isOpen, isUnfolded, close, text } = form;
  return (
    <form
      className={styles.composer}
      data-open={isUnfolded}
      data-writing={writing.mode ?? undefined}
      onSubmit={form.submit}
      onFocus={form.open}
      onBlur={form.leave}
      aria-label={t('ask.form')}
    >
      <div className={styles.middle}>
        <Words form={form} />
        {form.failure?.questionId && <SeeSame onSee={form.seeSame} />}
        {isUnfolded && !writing.isWide && <AlreadyAsked text={text} live={live} isFolded />}
        {isUnfolded && <ComposerOptions anonymous={form.anonymous} language={form.spoken} onChange={form.change} />}
      </div>
      <div className={styles.foot}>
        {writing.mode && (
          <Button variant="quiet" onClick={close}>
            {t('common:close')}
          </Button>
        )}
        <ComposerNote {...{ live, name }} anonymous={form.anonymous} onName={isOpen ? onName : undefined} />
        <Button type="submit" variant="primary" unavailable={!form.isSendable}>
          {t('ask.send')}
        </Button>
      </div>
      {isUnfolded && writing.isWide && <AlreadyAsked text={text} live={live} isFolded={false} />}
    </form>
  );
}

function Words({ form }: { readonly form: ReturnType<typeof useComposer> }) {
  const { t } = useTranslation('questions');
  return (
    <TextArea
      label={t('ask.label')}
      isLabelHidden
      placeholder={t('ask.label')}
      className={styles.field}
      rows={1}
      value={form.text}
      limit={QUESTION_LENGTH}
      error={form.failure?.text}
      lang={form.spoken}
      onChange={(event) => form.write(event.target.value)}
    />
  );
}

/** The draft, whether its form is unfolded, and its sending. */
function useComposer({ sessionId, live, writing, onSee }: ComposerProps) {
  const { i18n } = useTranslation('questions');
  const [{ text, anonymous, language }, change] = useQuestionDraft(sessionId);
  const { isOpen, open, close, leave } = useUnfolding(writing.onOpen, text);
  const spoken = language ?? (isInterfaceLanguage(i18n.language) ? i18n.language : 'en');
  const { send, isSending, failure, forgive } = useSending({ sessionId, live, spoken }, close);
  const length = countCharacters(text.trim());
  const isSendable = length > 0 && length <= QUESTION_LENGTH && !isSending;
  const write = (typed: string) => {
    change({ text: typed });
    forgive();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSendable) void send();
  };
  const seeSame = () => {
    close();
    onSee(failure?.questionId ?? '');
  };
  const draft = { text, anonymous, spoken, change, write };
  return {
    ...draft,
    isOpen,
    isUnfolded: isOpen || text !== '',
    open,
    close,
    leave,
    failure,
    isSendable,
    submit,
    seeSame,
  };
}

/** The form opens with its focus, and closes with it while nothing is written. */
function useUnfolding(onOpen: Writing['onOpen'], text: string) {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    onOpen(isOpen);
    return () => onOpen(false);
  }, [isOpen, onOpen]);
  const close = () => {
    setIsOpen(false);
    // The on-screen keyboard of a phone closes too. With a hardware keyboard the focus does not move.
    const isTouched = navigator.maxTouchPoints > 0;
    if (isTouched && document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget && !currentTarget.contains(relatedTarget) && !text) setIsOpen(false);
  };
  return { isOpen, open: () => setIsOpen(true), close, leave };
}

/** Opens the existing question with the same text. */
function SeeSame({ onSee }: { readonly onSee: () => void }) {
  const { t } = useTranslation('questions');
  return (
    <Button size="small" className={styles.same} onClick={onSee}>
      {t('ask.see-same')}
    </Button>
  );
}

interface Sending {
  readonly sessionId: string;
  readonly live: LiveSession;
  readonly spoken: string;
}

/** Sends the draft of a session; a refusal is shown beside the text until it is changed. */
function useSending({ sessionId, live, spoken }: Sending, onSent: () => void) {
  const { t } = useTranslation('questions');
  const problem = useProblem();
  const [{ text, anonymous, sent }, change] = useQuestionDraft(sessionId);
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<Problem>();
  const send = async () => {
    setIsSending(true);
    setFailure(undefined);
    try {
      const content = { text: text.trim(), anonymous, language: spoken };
      const onSending = (question: SentQuestion) => change({ sent: question });
      const asked = await live.act((feed) =>
        sendQuestion(feed, content, { before: sent, onSending, within: PATIENCE_MS }),
      );
      if (!asked) return;
      forgetAsked(sessionId, content.text);
      onSent();
      toast(t(asked.state === 'pending' ? 'ask.waiting' : 'ask.listed'));
    } catch (error) {
      setFailure(problem(error));
    } finally {
      setIsSending(false);
    }
  };
  return { send, isSending, failure, forgive: () => setFailure(undefined) };
}
