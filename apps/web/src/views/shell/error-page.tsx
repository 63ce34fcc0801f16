import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../ui/error-state.js';
import { isNotFound } from '../../platform/api.js';
import { NotFoundPage } from './not-found-page.js';
import { readAgainAfter } from '../../platform/read-again.js';
import { Shell } from './shell.js';
import { useProblem } from '../../platform/use-problem.js';

/** What happened, what to do, and the request id for support. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const problem = useProblem()(error);
  const { reset } = useQueryErrorResetBoundary();
  useEffect(() => {
    const again = () => void router.invalidate();
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [router]);
  const retry = useCallback(() => {
    reset();
    void router.invalidate();
  }, [reset, router]);
  useEffect(() => {
    const wait = readAgainAfter(error);
    const timer = wait === undefined ? undefined : setTimeout(retry, wait);
    return () => clearTimeout(timer);
  }, [error, retry]);
  if (isNotFound(error)) return <NotFoundPage />;
  return (
    <Shell>
      <ErrorState level={1} title={t('error.title')} requestId={problem.requestId} onRetry={retry}>
        {problem.text}
      </ErrorState>
    </Shell>
  );
}
