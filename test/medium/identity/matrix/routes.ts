import { SocketRoutes } from '../../../../apps/api/src/feed/connections/socket-routes.js';
import { type TestHub } from '../../../support/hub/hub.js';

interface Layer {
  readonly name: string;
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Express's routes, from its own list: `GET /api/hub`. A route for every method, as that of the metrics, is listed once, by GET. */
export function routesOf({ app }: Pick<TestHub, 'app'>): string[] {
  return layersOf(app).flatMap(({ route }) => {
    if (!route) return [];
    const methods = Object.keys(route.methods);
    return (methods.length > 5 ? ['get'] : methods).map((method) => `${method.toUpperCase()} ${route.path}`);
  });
}

/** What Express runs for every address, in its order: any of them could answer something. */
export function middlewareOf({ app }: Pick<TestHub, 'app'>): string[] {
  return layersOf(app).flatMap(({ route, name }) => (route ? [] : [name]));
}

/** The messages that sockets are listened to for. */
export function messagesOf({ app }: Pick<TestHub, 'app'>): string[] {
  return [...new SocketRoutes(app)['routes'].keys()];
}

function layersOf(app: TestHub['app']): readonly Layer[] {
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return router.stack;
}
