import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.js';
import styles from './state.module.css';

interface ErrorStateProps {
  /** What happened. */
  readonly title: string;
  /** What to do. */
  readonly children?: ReactNode;
  /** The request id for support. */
  readonly requestId?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly action?: ReactNode;
  readonly level?: 1 | 2;
}

export function ErrorState({ title, children, requestId, onRetry, action, level = 2 }: ErrorStateProps) {
  const { t } = useTranslation();
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className={styles.state} role="alert">
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {requestId && (
        <p className={styles.number}>
          {t('error.number')} <code>{requestId}</code>
        </p>
      )}
      <div className={styles.actions}>
        {onRetry && <Button onClick={onRetry}>{t('error.retry')}</Button>}
        {action}
      </div>
    </div>
  );
}
