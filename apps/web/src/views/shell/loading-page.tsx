import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../ui/skeleton.js';
import { VisuallyHidden } from '../../ui/visually-hidden.js';
import styles from './loading-page.module.css';
import { Shell } from './shell.js';

/** A heading, a line and a few rows: the shape that every view begins with. */
export function LoadingPage() {
  const { t } = useTranslation();
  return (
    <Shell>
      <div className={styles.page} aria-busy="true">
        <VisuallyHidden>{t('loading')}</VisuallyHidden>
        <Skeleton width="min(24rem, 70%)" height="2.5rem" />
        <Skeleton width="min(32rem, 90%)" height="3rem" />
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} height="5.5rem" />
        ))}
      </div>
    </Shell>
  );
}
