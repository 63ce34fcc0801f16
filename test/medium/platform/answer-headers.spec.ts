import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERMISSIONS_POLICY } from '../../../apps/api/src/platform/http/permissions-policy.js';
import { api, type ApiAnswer } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

const PRIVATE = /^(no-store|private, no-store|private, no-cache)$/;
/** The same response for everybody, which may therefore be stored or shared. */
const SHARED = ['/api/hub', '/api/sessions/{id}/state'];

let hub: TestHub;
let call: ReturnType<typeof api>['call'];
/** An operation of the OpenAPI document with a real object in its path. */
let operations: { method: string; path: string; url: string }[];
let actors: (string | null)[];

beforeAll(async () => {
  hub = await startHub({ env: { DEMO: 'on', LIVEKIT_URL: '' } });
  ({ call } = api(hub));
  const session = await hub.make.session();
  const { event_id, room_id } = session;
  const [event] = await hub.database.query<{ slug: string }>('SELECT slug FROM event WHERE id = $1', [event_id]);
  const speaker = await hub.make.speaker({ event_id });
  const ids = { sessions: session.id, rooms: String(room_id), speakers: speaker.id };
  const people = ['guest', 'attendee', 'moderator', 'organiser'];
  actors = [null, ...(await Promise.all(people.map(async (role) => (await hub.make.actor({ event_id, role })).id)))];
  const { body: document } = await call('GET', '/api/openapi.json');
  operations = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => {
      const noun = path.split('/')[2] as keyof typeof ids;
      const url = path.replace('{slug}', event!.slug).replace('{id}', ids[noun] ?? session.id);
      return { method: method.toUpperCase(), path, url };
    }),
  );
}, 60_000);
afterAll(() => hub?.close());

describe('an answer that depends on who asks', () => {
  it('is not among those that are shared, which are the same for everybody (AUTH-17)', async () => {
    for (const path of SHARED) {
      const { url } = operations.find((one) => one.path === path)!;
      const bodies = await Promise.all(
        actors.map(async (actor) => JSON.stringify((await call('GET', url, actor)).body)),
      );
      expect([path, new Set(bodies).size]).toEqual([path, 1]);
    }
    const hidden = await hub.make.session({ event_id: (await hub.make.event({ access: 'private' })).id });
    const member = await hub.make.actor({ event_id: hidden.event_id });
    const { status, headers } = await call('GET', `/api/sessions/${hidden.id}/state`, member.id);
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  });

  it('is never kept by a shared cache nor shown again unasked: every route, every role (AUTH-17)', async () => {
    const order = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
    const inOrder = [...operations].sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
    expect(inOrder.length).toBeGreaterThan(30);
    const succeeded = new Set<string>();
    for (const { method, path, url } of inOrder)
      for (const actor of actors) {
        const { status, headers } = await call(method, url, actor, ['GET', 'DELETE'].includes(method) ? undefined : {});
        if (status < 300) succeeded.add(`${method} ${path}`);
        const caching = headers.get('cache-control');
        if (status < 300 && SHARED.includes(path)) continue;
        expect([method, path, status, caching]).toEqual([method, path, status, expect.stringMatching(PRIVATE)]);
      }
    expect([...succeeded].filter((one) => one.startsWith('GET')).length).toBeGreaterThan(10);
  }, 60_000);

  it('is also what pages, metrics and addresses that do not exist say (AUTH-17)', async () => {
    for (const path of ['/', '/no-such-event', '/api/no/such/route', '/metrics', '/api'])
      expect([path, (await call('GET', path)).headers.get('cache-control')]).toEqual([
        path,
        expect.stringMatching(PRIVATE),
      ]);
  });
});

describe('every answer', () => {
  const expectHeaders = (path: string, { headers }: Pick<ApiAnswer, 'headers'>) => {
    const policy = headers.get('content-security-policy') ?? '';
    const said = Object.fromEntries(policy.split(';').map((part) => part.trim().split(/ (.*)/s)));
    expect([path, said]).toEqual([
      path,
      expect.objectContaining({ 'default-src': "'none'", 'script-src': "'self'", 'frame-ancestors': "'none'" }),
    ]);
    expect([path, policy]).toEqual([path, expect.not.stringMatching(/unsafe-eval|script-src[^;]*unsafe|\*/)]);
    expect([path, headers.get('permissions-policy')]).toEqual([path, PERMISSIONS_POLICY]);
    expect([path, headers.get('x-frame-options')]).toEqual([path, 'DENY']);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expect([path, headers.get('x-powered-by')]).toEqual([path, null]);
  };

  it('says what its page may do: pages, files, the API, refusals and errors (AUTH-16)', async () => {
    const state = operations.find(({ path }) => path === '/api/sessions/{id}/state')!.url;
    const paths = ['/', '/no-such-event', '/theme.js', '/assets/none.js', '/api/me', '/api/no/route', '/api/docs'];
    for (const path of [...paths, state, state, '/metrics']) expectHeaders(path, await call('GET', path));
    expectHeaders('a refusal', await call('POST', '/api/events', null, {}));
    expectHeaders('no JSON', await call('POST', '/api/auth/guest', null, 'x'.repeat(100_000)));
  });

  it('gives devices to the hub’s own pages only, and only those that streams and the projector need (AUTH-16)', () => {
    const own = PERMISSIONS_POLICY.split(', ').filter((one) => !one.endsWith('=()'));
    expect(own).toEqual([
      'autoplay=(self)',
      'camera=(self)',
      'display-capture=(self)',
      'fullscreen=(self)',
      'microphone=(self)',
      'screen-wake-lock=(self)', // the projector's
    ]);
  });

  it('names HTTPS as the only way in production, and nothing outside it (AUTH-16)', async () => {
    expect((await call('GET', '/')).headers.get('strict-transport-security')).toBeNull();
  });
});
