import { useTranslation } from 'react-i18next';
import styles from './projector.module.css';
import type { Paging } from './use-fit.js';

/** Which of the rotating pages is shown; nothing where there is one. */
export function PageMark({ page, pages }: Paging) {
  const { t } = useTranslation('present');
  if (pages === 1) return null;
  return (
    <span className={styles.paging}>
      {Array.from({ length: pages }, (_, index) => (
        <i key={index} data-current={index === page || undefined} aria-hidden="true" />
      ))}
      <span>{t('page', { page: page + 1, pages })}</span>
    </span>
  );
}
