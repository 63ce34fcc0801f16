import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import type { SignedIn } from '#libs/contract/auth';
import type { Event, EventSummary } from '#libs/contract/programme';
import { useTranslation } from 'react-i18next';
import { api, ApiError, isNotFound } from '../../platform/api.js';
import { LoadingPage } from '../shell/loading-page.js';
import { Shell } from '../shell/shell.js';
import { tabToken } from '../../platform/tab-token.js';
import { useProblem } from '../../platform/use-problem.js';
import { buttonClass } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { becomeActor } from '../../features/sign-in/actor.js';
import { demoStart } from '../../features/sign-in/demo-start.js';

const route = getRouteApi('/demo/$role');

/** Signs a person in with a role of the demo, for this tab only, and opens the view of that role; the projector needs no sign-in. */
export function DemoPage() {
  const entering = useEntering();
  if (entering.data) return <Navigate to={entering.data} replace />;
  if (!entering.error) return <LoadingPage />;
  return (
    <Shell>
      {isNotFound(entering.error) ? (
        <NoDemo />
      ) : (
        <Failed error={entering.error} onRetry={() => void entering.refetch()} />
      )}
    </Shell>
  );
}

function useEntering() {
  const { t } = useTranslation('sign-in');
  const { role } = route.useParams();
  const { event: wanted } = route.useSearch();
  const queryClient = useQueryClient();
  const enter = async (slug: string) => {
    tabToken.set(null);
    // People who are visible to others need a name: on the stage, beside a reply.
    const name = role === 'speaker' || role === 'moderator' ? t(`common:role.${role}`) : undefined;
    const body = { event: slug, role, name };
    const { token, actor } = await api<SignedIn>('/api/auth/demo', { method: 'POST', body });
    tabToken.set(token);
    becomeActor(queryClient, actor);
  };
  return useQuery({
    queryKey: ['demo', role, wanted],
    queryFn: async () => {
      const slug = wanted ?? (await api<EventSummary[]>('/api/events'))[0]?.slug;
      if (!slug) throw new ApiError('not_found', 404);
      if (role !== 'projector') await enter(slug);
      return demoStart(await api<Event>(`/api/events/${encodeURIComponent(slug)}`), role);
    },
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

function NoDemo() {
  const { t } = useTranslation('sign-in');
  return (
    <EmptyState
      level={1}
      title={t('demo.none')}
      action={
        <Link to="/" className={buttonClass('primary')}>
          {t('demo.programme')}
        </Link>
      }
    >
      {t('demo.none-text')}
    </EmptyState>
  );
}

function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { t } = useTranslation('sign-in');
  const { text, requestId } = useProblem()(error);
  return (
    <ErrorState level={1} title={t('common:error.title')} requestId={requestId} onRetry={onRetry}>
      {text}
    </ErrorState>
  );
}
