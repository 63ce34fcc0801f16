import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../ui/skeleton.js';
import { VisuallyHidden } from '../../ui/visually-hidden.js';
import styles from './session-panel.module.css';

/** The shape of a list of questions. */
export function PanelSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} aria-busy="true">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {[92, 70, 84, 60].map((width) => (
        <div key={width} className={styles.row}>
          <div>
            <Skeleton width={`${width}%`} height="1.1rem" />
            <Skeleton width="60%" height="1.1rem" />
            <Skeleton width="30%" height="0.8rem" />
          </div>
          <Skeleton width="58px" height="58px" />
        </div>
      ))}
    </div>
  );
}
