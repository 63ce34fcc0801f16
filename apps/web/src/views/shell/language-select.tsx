import { useTranslation } from 'react-i18next';
import { changeLanguage } from '../../i18n/i18n.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../../i18n/languages.js';
import { Select } from '../../ui/select.js';
import { toast } from '../../ui/toast.js';
import styles from './language-select.module.css';
import { useProblem } from '../../platform/use-problem.js';

const options = LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }));

/** The language of the interface; each in its own name. A phone shows the code of the chosen one only. */
export function LanguageSelect() {
  const { t, i18n } = useTranslation();
  const problem = useProblem();
  const choose = (language: string) => void changeLanguage(language).catch((error) => toast(problem(error).text));
  return (
    <div className={styles.language}>
      <Select label={t('language')} isLabelHidden value={i18n.language} onChange={choose} options={options} />
      <span className={styles.code} aria-hidden="true">
        {i18n.language}
      </span>
    </div>
  );
}
