import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { Event } from '#libs/contract/programme';
import { ensureSession, eventQuery, eventsQuery } from '../features/programme/event-query.js';
import { parseProgrammeSearch } from '../features/programme/programme-search.js';
import { parseSessionSearch } from '../views/attendee/session-search.js';
import { belongsTo, meQuery } from '../features/sign-in/actor.js';
import { loadTexts } from '../i18n/i18n.js';
import { ErrorPage } from '../views/shell/error-page.js';
import { loadPart } from '../platform/load-part.js';
import { nextTask } from '../ui/next-task.js';
import { LoadingPage } from '../views/shell/loading-page.js';
import { NotFoundPage } from '../views/shell/not-found-page.js';
import { parseSearch, stringifySearch } from '../platform/search.js';

interface RouterContext {
  readonly queryClient: QueryClient;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const words = (...namespaces: string[]) => loadTexts(namespaces);
/** In a task of its own: on a slow phone a request takes 4 ms to begin, and a page has a dozen. */
const wordsNext = (...namespaces: string[]) => nextTask().then(() => loadTexts(namespaces));
/** A view whose actor is not known by then is shown without, in ms. */
const ACTOR_WITHIN = 1_000;
/** Requests the actor before a view is first rendered, so that it connects at once; later views use the known one. */
const knowActor = async (queryClient: QueryClient) => {
  if (queryClient.getQueryData(meQuery.queryKey) !== undefined) return;
  const late = new Promise<void>((resolve) => setTimeout(resolve, ACTOR_WITHIN));
  await Promise.race([queryClient.prefetchQuery(meQuery), late]);
};

const followAhead = async (queryClient: QueryClient, event: Event, isDesk: boolean) => {
  const actor = queryClient.getQueryData(meQuery.queryKey);
  const [session] = event.sessions;
  if (!actor || !session || !belongsTo(actor, event.id)) return;
  const [{ clientOf }, { joinAhead }] = await Promise.all([
    import('../platform/client.js'),
    import('../features/session/session-watch.js'),
  ]);
  joinAhead(clientOf(actor.id), session.id, isDesk);
};

interface Opening {
  /** Not only pointed at. */
  readonly isOpened: boolean;
  readonly isDesk: boolean;
}
/** The data of a session's view; an opened one also begins to follow the session. */
const knowSession = async (
  queryClient: QueryClient,
  { event: slug, session }: { readonly event: string; readonly session: string },
  { isOpened, isDesk }: Opening,
) => {
  const [event] = await Promise.all([ensureSession(queryClient, slug, session), knowActor(queryClient)]);
  if (isOpened) void followAhead(queryClient, event, isDesk).catch(() => undefined); // the view joins where this fails
};

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
});

const eventsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  loader: async ({ context }) => {
    const [events] = await Promise.all([context.queryClient.ensureQueryData(eventsQuery), words('programme')]);
    const only = events.length === 1 ? events[0] : undefined;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (only) throw redirect({ to: '/$event', params: { event: only.slug }, replace: true });
  },
  component: lazyRouteComponent(() => loadPart(() => import('../views/attendee/events-page.js')), 'EventsPage'),
});

const programmeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$event',
  validateSearch: parseProgrammeSearch,
  loader: ({ context, params }) =>
    Promise.all([words('programme'), context.queryClient.ensureQueryData(eventQuery(params.event))]),
  component: lazyRouteComponent(() => loadPart(() => import('../views/attendee/programme-page.js')), 'ProgrammePage'),
});

const sessionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$event/s/$session',
  validateSearch: parseSessionSearch,
  loader: ({ context, params, cause }) =>
    Promise.all([
      knowSession(context.queryClient, params, { isOpened: cause === 'enter', isDesk: false }),
      wordsNext('session', 'questions', 'polls', 'stream', 'sign-in'),
    ]),
  component: lazyRouteComponent(() => loadPart(() => import('../views/attendee/session-page.js')), 'SessionPage'),
});

const moderateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$event/s/$session/moderate',
  loader: ({ context, params, cause }) =>
    Promise.all([
      knowSession(context.queryClient, params, { isOpened: cause === 'enter', isDesk: true }),
      wordsNext('moderate', 'cues', 'session', 'questions', 'polls', 'present'),
    ]),
  component: lazyRouteComponent(() => loadPart(() => import('../views/moderator/moderator-page.js')), 'ModeratePage'),
});

const speakRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$event/s/$session/speak',
  loader: ({ context, params }) =>
    Promise.all([
      words('speak', 'cues', 'session', 'questions', 'polls', 'stream'),
      ensureSession(context.queryClient, params.event, params.session),
      knowActor(context.queryClient),
    ]),
  component: lazyRouteComponent(() => loadPart(() => import('../views/speaker/speaker-page.js')), 'SpeakPage'),
});

const presentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/present/$event/$session',
  loader: ({ context, params }) =>
    Promise.all([
      words('present', 'session', 'questions', 'polls'),
      ensureSession(context.queryClient, params.event, params.session),
    ]),
  component: lazyRouteComponent(() => loadPart(() => import('../views/projector/projector-page.js')), 'PresentPage'),
});

const demoRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/demo/$role',
  validateSearch: (search) => ({ event: text(search['event']) }),
  loader: () => words('sign-in'),
  component: lazyRouteComponent(() => loadPart(() => import('../views/sign-in/demo-page.js')), 'DemoPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search) => ({ back: text(search['back']) }),
  loader: () => words('sign-in'),
  component: lazyRouteComponent(() => loadPart(() => import('../views/sign-in/sign-in-page.js')), 'SignInPage'),
});

const routeTree = rootRoute.addChildren([
  eventsRoute,
  programmeRoute,
  sessionRoute,
  moderateRoute,
  speakRoute,
  presentRoute,
  demoRoute,
  signInRoute,
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingComponent: LoadingPage,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
