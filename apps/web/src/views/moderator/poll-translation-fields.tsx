import { POLL_OPTION_LENGTH, POLL_QUESTION_LENGTH } from '#libs/domain/poll-limits';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isInterfaceLanguage, ownNameOf } from '../../i18n/languages.js';
import { Tag } from '../../ui/tag.js';
import { TextField } from '../../ui/text-field.js';
import styles from './moderate.module.css';
import type { PollDraft } from './poll-draft.js';
import { countMissing, type DraftTexts, NO_TEXTS, otherLanguages } from './poll-texts.js';

/** In which languages a poll of a session may be written. */
export interface PollLanguages {
  /** The session's own. */
  readonly own: string | undefined;
  /** The event's. */
  readonly offered: readonly string[];
}

interface PollTranslationFieldsProps {
  readonly draft: PollDraft;
  readonly languages: PollLanguages;
  readonly change: (part: Partial<PollDraft>) => void;
}

/** The poll in the event's other languages, folded: a poll in one language stays as quick as it is. */
export function PollTranslationFields({ draft, languages, change }: PollTranslationFieldsProps) {
  const { t } = useTranslation('moderate');
  const [isOpen, setIsOpen] = useState(false);
  const { translations = {} } = draft;
  const others = otherLanguages(languages.own, languages.offered, isInterfaceLanguage, translations);
  if (others.length === 0) return null;
  return (
    <details className={styles.translations} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        <span>{t('form.translations')}</span>
        <span className={styles.languages}>
          {others.map((language) => (
            <Missing key={language} language={language} draft={draft} />
          ))}
        </span>
      </summary>
      {isOpen &&
        others.map((language) => (
          <LanguageFields
            key={language}
            language={language}
            draft={draft}
            change={(texts) => change({ translations: { ...translations, [language]: texts } })}
          />
        ))}
    </details>
  );
}

const textsIn = ({ translations }: PollDraft, language: string) => translations?.[language] ?? NO_TEXTS;
/** The steps of a rating are numbers in every language. */
const optionsOf = ({ type, options }: PollDraft) => (type === 'rating' ? [] : options);

function Missing({ language, draft }: { readonly language: string; readonly draft: PollDraft }) {
  const { t } = useTranslation('moderate');
  const count = countMissing(textsIn(draft, language), optionsOf(draft));
  return (
    <Tag tone={count === 0 ? 'ok' : 'neutral'}>
      <span lang={language}>{ownNameOf(language)}</span>
      <span>{` · ${count === 0 ? t('form.complete') : t('form.missing', { count })}`}</span>
    </Tag>
  );
}

interface LanguageFieldsProps {
  readonly language: string;
  readonly draft: PollDraft;
  readonly change: (texts: DraftTexts) => void;
}

function LanguageFields({ language, draft, change }: LanguageFieldsProps) {
  const { t } = useTranslation('moderate');
  const texts = textsIn(draft, language);
  return (
    <fieldset className={styles.options}>
      <legend lang={language}>{ownNameOf(language)}</legend>
      <TextField
        label={t('form.translated-question')}
        lang={language}
        dir="auto"
        maxLength={POLL_QUESTION_LENGTH}
        placeholder={draft.question}
        value={texts.question}
        onKeyDown={goToNext}
        onChange={({ target }) => change({ ...texts, question: target.value })}
      />
      {optionsOf(draft).map(({ key, text }, index) => (
        <TextField
          key={key}
          label={`${t('form.option', { number: index + 1 })} · ${ownNameOf(language)}`}
          lang={language}
          dir="auto"
          maxLength={POLL_OPTION_LENGTH}
          placeholder={text}
          value={texts.options[key] ?? ''}
          onKeyDown={goToNext}
          onChange={({ target }) => change({ ...texts, options: { ...texts.options, [key]: target.value } })}
        />
      ))}
    </fieldset>
  );
}

/** Enter goes to the next text of the language; a translation is no reason to save. */
function goToNext(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  const fields = [...(event.currentTarget.closest('fieldset')?.querySelectorAll('input') ?? [])];
  fields[fields.indexOf(event.currentTarget) + 1]?.focus();
}
