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
export function Composer({ sessionId, live, writing, name, onName, onSee }: ComposerProps) {
  const { t, i18n } = useTranslation('questions');
  const [draft, change] = useQuestionDraft(sessionId);
  const { text, anonymous, language } = draft;
  const [isOpen, setIsOpen] = useState(false);
  const spoken = language ?? (isInterfaceLanguage(i18n.language) ? i18n.language : 'en');
  const close = () => {
    setIsOpen(false);
    // The on-screen keyboard of a phone closes too. With a hardware keyboard the focus does not move.
    const isTouched = navigator.maxTouchPoints > 0;
    if (isTouched && document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
  };
  const { send, isSending, refusal, forgive } = useSending({ sessionId, live, spoken }, close);
  const length = countCharacters(text.trim());
  const isSendable = length > 0 && length <= QUESTION_LENGTH && !isSending;
  const { onOpen } = writing;
  useEffect(() => {
    onOpen(isOpen);
    return () => onOpen(false);
  }, [isOpen, onOpen]);

  const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget && !currentTarget.contains(relatedTarget) && !text) setIsOpen(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSendable) void send();
  };
  const isUnfolded = isOpen || text !== '';
  return (
    <form
      className={styles.composer}
      data-open={isUnfolded}
      data-writing={writing.mode ?? undefined}
      onSubmit={submit}
      onFocus={() => setIsOpen(true)}
      onBlur={leave}
      aria-label={t('ask.form')}
    >
      <div className={styles.middle}>
        <TextArea
          label={t('ask.label')}
          isLabelHidden
          placeholder={t('ask.label')}
          className={styles.field}
          rows={1}
          value={text}
          limit={QUESTION_LENGTH}
          error={refusal?.text}
          lang={spoken}
          onChange={(event) => {
            change({ text: event.target.value });
            forgive();
          }}
        />
        {refusal?.questionId && (
          <SeeSame
            onSee={() => {
              close();
              onSee(refusal.questionId ?? '');
            }}
          />
        )}
        {isUnfolded && !writing.isWide && <AlreadyAsked text={text} live={live} isFolded />}
        {isUnfolded && <ComposerOptions anonymous={anonymous} language={spoken} onChange={change} />}
      </div>
      <div className={styles.foot}>
        {writing.mode && (
          <Button variant="quiet" onClick={close}>
            {t('common:close')}
          </Button>
        )}
        <ComposerNote live={live} name={name} anonymous={anonymous} onName={isOpen ? onName : undefined} />
        <Button type="submit" variant="primary" unavailable={!isSendable}>
          {t('ask.send')}
        </Button>
      </div>
      {isUnfolded && writing.isWide && <AlreadyAsked text={text} live={live} isFolded={false} />}
    </form>
  );
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
  const [refusal, setRefusal] = useState<Problem>();
  const send = async () => {
    setIsSending(true);
    setRefusal(undefined);
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
      setRefusal(problem(error));
    } finally {
      setIsSending(false);
    }
  };
  return { send, isSending, refusal, forgive: () => setRefusal(undefined) };
}
