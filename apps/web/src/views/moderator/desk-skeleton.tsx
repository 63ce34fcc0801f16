import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../ui/skeleton.js';
import { VisuallyHidden } from '../../ui/visually-hidden.js';
import styles from './moderate.module.css';

/** Three columns in the shape of what comes. */
export function DeskSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.desk} aria-busy="true">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {[0, 1, 2].map((column) => (
        <div key={column} className={styles.column}>
          <div className={styles.inside}>
            <Skeleton height="6rem" />
            <Skeleton height="6rem" />
            <Skeleton height="6rem" />
          </div>
        </div>
      ))}
    </div>
  );
}
