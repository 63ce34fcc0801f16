import { useTranslation } from 'react-i18next';
import { changeLanguage } from '../i18n/i18n.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/languages.js';
import { Select } from '../ui/select.js';

const options = LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }));

/** The language of the interface; each in its own name. */
export function LanguageSelect() {
  const { t, i18n } = useTranslation();
  return (
    <Select
      label={t('language')}
      isLabelHidden
      value={i18n.language}
      onChange={(language) => void changeLanguage(language)}
      options={options}
    />
  );
}
