import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import styles from './watch-only-notice.module.css';

/** Why guests cannot ask, support or answer here, and the link to sign in with an account. */
export function WatchOnlyNotice() {
  const { t } = useTranslation('sign-in');
  return (
    <div className={styles.notice}>
      <Icon name="question" />
      <p>{t('watch-only.text')}</p>
      <Link to="/sign-in" search={{ back: location.pathname }} className={buttonClass('plain', 'small')}>
        {t('sign-in')}
      </Link>
    </div>
  );
}
