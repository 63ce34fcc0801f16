import { sendQuestion, type SentQuestion } from '#libs/client/send-question';
import { neutraliseBidi } from '#libs/contract/direction';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../app/use-problem.js';
import { isInterfaceLanguage, LANGUAGE_NAMES, LANGUAGES } from '../../i18n/languages.js';
import { Button } from '../../ui/button.js';
import { Select } from '../../ui/select.js';
import { countCharacters, TextArea } from '../../ui/text-field.js';
import { toast } from '../../ui/toast.js';
import type { LiveSession } from '../session/use-session.js';
import { rememberAsked } from './asked-here.js';
import styles from './composer.module.css';
import { forgetAsked, useQuestionDraft } from './question-draft.js';
import { QUESTION_LENGTH } from './question-length.js';

interface ComposerProps {
  readonly sessionId: string;
  readonly live: LiveSession;
  /** How the name of whoever asks is shown; null without a name. */
  readonly name: string | null;
  readonly onName: () => void;
}

/** Somebody who must wait longer, in slow mode or without a network, hears so at once and keeps their words. */
const PATIENCE_MS = 12_000;

const LANGUAGE_OPTIONS = LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }));

/** Where a question is written. It opens up when it is used; what is written is kept until it is sent. */
export function Composer({ sessionId, live, name, onName }: ComposerProps) {
  const { t, i18n } = useTranslation('questions');
  const problem = useProblem();
  const anonymousId = useId();
  const [{ text, anonymous, language, sent }, change] = useQuestionDraft(sessionId);
  const [isOpen, setIsOpen] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const spoken = language ?? (isInterfaceLanguage(i18n.language) ? i18n.language : 'en');
  const length = countCharacters(text.trim());
  const isSendable = length > 0 && length <= QUESTION_LENGTH && !isSending;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!isSendable) return;
    setIsSending(true);
    setRefusal(undefined);
    try {
      const content = { text: text.trim(), anonymous, language: spoken };
      const onSending = (question: SentQuestion) => change({ sent: question });
      const asked = await live.act((feed) =>
        sendQuestion(feed, content, { before: sent, onSending, within: PATIENCE_MS }),
      );
      if (!asked) return;
      rememberAsked(asked.id);
      forgetAsked(sessionId, content.text);
      setIsOpen(false);
      toast(t(asked.state === 'pending' ? 'ask.waiting' : 'ask.listed'));
    } catch (error) {
      setRefusal(problem(error).text);
    } finally {
      setIsSending(false);
    }
  };
  return (
    <form
      className={styles.composer}
      data-open={isOpen || text !== ''}
      onSubmit={(event) => void send(event)}
      onFocus={() => setIsOpen(true)}
      aria-label={t('ask.form')}
    >
      <TextArea
        label={t('ask.label')}
        isLabelHidden
        placeholder={t('ask.label')}
        rows={1}
        value={text}
        limit={QUESTION_LENGTH}
        error={refusal}
        lang={spoken}
        onChange={(event) => {
          change({ text: event.target.value });
          setRefusal(undefined);
        }}
      />
      {(isOpen || text) && (
        <div className={styles.options}>
          <div className={styles.anonymous}>
            <input
              id={anonymousId}
              type="checkbox"
              checked={anonymous}
              onChange={(event) => change({ anonymous: event.target.checked })}
              aria-describedby={`${anonymousId}-note`}
            />
            <label htmlFor={anonymousId}>{t('ask.anonymous')}</label>
            <p id={`${anonymousId}-note`}>{t('ask.anonymous-note')}</p>
          </div>
          <Select
            label={t('ask.language')}
            isLabelHidden
            value={spoken}
            onChange={(language) => change({ language })}
            options={LANGUAGE_OPTIONS}
          />
        </div>
      )}
      <div className={styles.foot}>
        <p className={styles.note}>
          {anonymous
            ? t('ask.shown-anonymous')
            : t('ask.shown-as', { name: name ? neutraliseBidi(name) : t('author.guest') })}{' '}
          {(live.session?.premoderated || live.guests === 'moderated') && t('ask.premoderated')}{' '}
          {isOpen && !anonymous && !name && live.isSignedIn && (
            <button type="button" className={styles.name} onClick={onName}>
              {t('ask.add-name')}
            </button>
          )}
        </p>
        <Button type="submit" variant="primary" unavailable={!isSendable}>
          {t('ask.send')}
        </Button>
      </div>
    </form>
  );
}
