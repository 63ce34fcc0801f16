import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ANY_OTHER_MESSAGE } from '#libs/socket-server/socket-requests';
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
  const gateways = [...app.get(ModulesContainer).values()].flatMap(({ providers }) => [...providers.values()]);
  return gateways.flatMap(({ instance }) => handledBy(instance)).filter((message) => message !== ANY_OTHER_MESSAGE);
}

/** The messages of `@SubscribeMessage`, whose key is that of Nest. */
function handledBy(gateway: unknown): string[] {
  if (typeof gateway !== 'object' || gateway === null) return [];
  const methods = new MetadataScanner().getAllMethodNames(Object.getPrototypeOf(gateway) as object);
  return methods.flatMap((name) => {
    const handler: unknown = (gateway as Record<string, unknown>)[name];
    return typeof handler === 'function' ? ((Reflect.getMetadata('message', handler) as string | undefined) ?? []) : [];
  });
}

function layersOf(app: TestHub['app']): readonly Layer[] {
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return router.stack;
}
