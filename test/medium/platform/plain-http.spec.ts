import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServerReplicas } from '../../../apps/api/src/feed/replica/server-replicas.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

/** The header of a proxy in front of the hub for a request that came with TLS, or without. */
const OVER_TLS = { 'x-forwarded-proto': 'https' };
const PLAIN = { 'x-forwarded-proto': 'http' };
const ADDRESS = 'https://plenum.example.org';

let hub: TestHub;
let paths: string[];
beforeAll(async () => {
  hub = await startHub({
    env: { NODE_ENV: 'production', DEMO: 'off', LIMITS: 'on', PUBLIC_URL: ADDRESS, TRUST_PROXY: '1' },
  });
  const session = await hub.make.session();
  await hub.app.get(ServerReplicas).open(session.id);
  const document = await fetch(`${hub.url}/api/openapi.json`, { headers: OVER_TLS });
  const operations = ((await document.json()) as { paths: Record<string, object> }).paths;
  const [event] = await hub.database.query<{ slug: string }>('SELECT slug FROM event WHERE id = $1', [
    session.event_id,
  ]);
  const routes = Object.entries(operations)
    .filter(([, methods]) => 'get' in methods)
    .map(([path]) =>
      path.replace('{slug}', event!.slug).replace('{id}', session.id).replace('{session}', String(session.slug)),
    );
  const pages = ['/', `/${event!.slug}`, '/assets/x.js', '/api/docs', '/api/openapi.json', '/metrics', '/nowhere'];
  paths = [...routes, ...pages];
}, 60_000);
afterAll(() => hub?.close(), 30_000);

describe('a production hub that was asked without TLS', () => {
  it('answers nothing on any address that reads, but where the https one is (AUTH-29)', async () => {
    expect(paths.length).toBeGreaterThan(20);
    for (const method of ['GET', 'HEAD'])
      for (const path of paths) {
        const answer = await fetch(hub.url + path, { method, headers: PLAIN, redirect: 'manual' });
        expect([method, path, answer.status, answer.headers.get('location')]).toEqual([
          method,
          path,
          308,
          ADDRESS + path,
        ]);
        expect(await answer.text()).not.toContain('"session"');
      }
  }, 30_000);

  it('returns public content where the request came with TLS, or directly from the machine (AUTH-29)', async () => {
    const state = paths.find((path) => path.endsWith('/state'))!;
    for (const headers of [OVER_TLS, {}]) {
      const answer = await fetch(hub.url + state, { headers: headers as Record<string, string>, redirect: 'manual' });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('"session"');
    }
  });
});
