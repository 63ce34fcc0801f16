import type { InterfaceLanguage } from '#libs/contract/text';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES, LANGUAGES } from '../../i18n/languages.js';
import { Select } from '../../ui/select.js';
import styles from './composer.module.css';
import type { QuestionDraft } from './question-draft.js';

const LANGUAGE_OPTIONS = LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }));

interface ComposerOptionsProps {
  readonly anonymous: boolean;
  readonly language: InterfaceLanguage;
  readonly onChange: (part: Partial<QuestionDraft>) => void;
}

/** With or without a name, and in which language. */
export function ComposerOptions({ anonymous, language, onChange }: ComposerOptionsProps) {
  const { t } = useTranslation('questions');
  const id = useId();
  return (
    <div className={styles.options}>
      <div className={styles.anonymous}>
        <input
          id={id}
          type="checkbox"
          checked={anonymous}
          onChange={(event) => onChange({ anonymous: event.target.checked })}
          aria-describedby={`${id}-note`}
        />
        <label htmlFor={id}>{t('ask.anonymous')}</label>
        <p id={`${id}-note`}>{t('ask.anonymous-note')}</p>
      </div>
      <Select
        label={t('ask.language')}
        isLabelHidden
        value={language}
        onChange={(chosen) => onChange({ language: chosen })}
        options={LANGUAGE_OPTIONS}
      />
    </div>
  );
}
