import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../ui/error-state.js';
import { isNotFound } from './api.js';
import { NotFoundPage } from './not-found-page.js';
import { Shell } from './shell.js';
import { useProblem } from './use-problem.js';

/** What happened, what to do, and the number to tell support. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const problem = useProblem()(error);
  const { reset } = useQueryErrorResetBoundary();
  if (isNotFound(error)) return <NotFoundPage />;
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Shell>
      <ErrorState level={1} title={t('error.title')} requestId={problem.requestId} onRetry={retry}>
        {problem.text}
      </ErrorState>
    </Shell>
  );
}
