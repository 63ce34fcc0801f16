import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { browser } from '../../../support/clients/cookie-client.js';
import { startHub, type TestHub } from '../../../support/hub/hub.js';
import { startLiveKit, type TestLiveKit } from '../../../support/servers/livekit.js';
import { watchChanges } from './changes.js';
import { HTTP_CALLS } from './http-calls.js';
import { routesOf } from './routes.js';
import { makeStage, type Stage } from './stage.js';
import { type Answers, keyOf, readRows } from './table.js';
import { sceneFor } from './try.js';

jest.setTimeout(30_000);

const isChange = (call: string) => !/^(GET|HEAD|OPTIONS) /.test(call);
const CHANGING = Object.keys(HTTP_CALLS).filter(isChange);
const expected = new Map<string, Answers>(readRows().map((row) => [keyOf(row), row.answers]));

let hub: TestHub;
let livekit: TestLiveKit;
let stage: Stage;
let changes: Awaited<ReturnType<typeof watchChanges>>;
beforeAll(async () => {
  livekit = await startLiveKit();
  hub = await startHub({ env: livekit.env });
  stage = await makeStage(hub);
  changes = await watchChanges(hub.database);
}, 300_000);
afterAll(async () => {
  await hub?.close();
  await livekit?.stop();
}, 30_000);

/** The call as the organiser of the hub, who may do everything, with these headers; created again each time. */
async function call(key: string, headers: (token: string) => Record<string, string | undefined>) {
  const row = HTTP_CALLS[key]!;
  const scene = sceneFor(stage, row, stage.open.seats['hub organiser'], true);
  const { path = '', body, token = scene.caller.token } = await row.ask(scene);
  const before = await changes.now();
  const answer = await browser(hub.url).call(key.split(' ')[0]!, path, body, headers(token ?? ''));
  const code: string = answer.status < 400 ? (row.judge?.(answer.body, scene) ?? 'ok') : answer.body.error.code;
  return { code, written: await changes.since(before) };
}

const cookie = (token: string) => `plenum=${token}`;

/** What a browser sends along from a page that is not the hub's. */
const FOREIGN = () => [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: `${hub.url}.evil.example` },
  { origin: hub.url.replace('http:', 'https:').replace(/\d+$/, '1') },
  { origin: undefined, 'sec-fetch-site': 'cross-site' },
  { origin: undefined, 'sec-fetch-site': 'same-site' },
  { origin: undefined },
];

describe('a call that changes something', () => {
  it('is every route of the hub that is not asked with GET (SEC-23)', () => {
    const tried = new Set(CHANGING.map((key) => key.split(' | ')[0]));
    expect(routesOf(hub).filter((route) => isChange(route) && !tried.has(route))).toEqual([]);
  });

  it.each(CHANGING)('%s: is refused to foreign pages, with a cookie or without (SEC-23, AUTH-6)', async (key) => {
    for (const page of FOREIGN()) {
      const refused = await call(key, (token) => ({ ...page, cookie: cookie(token) }));
      expect([page, refused]).toEqual([page, { code: 'auth.origin_refused', written: [] }]);
    }
    expect(await call(key, () => ({ origin: 'https://evil.example' }))).toEqual({
      code: 'auth.origin_refused',
      written: [],
    });
  });

  it.each(CHANGING)(
    '%s: is answered to the hub’s own page, and to a Bearer from anywhere (SEC-23, AUTH-6)',
    async (key) => {
      const answer = expected.get(key)?.['hub organiser'];
      expect((await call(key, (token) => ({ cookie: cookie(token) }))).code).toBe(answer);
      const bearer = (token: string) => ({ origin: 'https://elsewhere.example', authorization: `Bearer ${token}` });
      expect((await call(key, bearer)).code).toBe(answer);
    },
  );
});
