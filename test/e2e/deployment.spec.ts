import { type Browser } from 'playwright-core';
import { newId } from '#libs/client/new-id';
import { type StreamToken } from '#libs/contract/stream';
import { prepareCaddy } from '../../scripts/caddy.mjs';
import { GoMissing } from '../../scripts/go-program.mjs';
import { DOMAIN, RESOLVER_RULES, startCaddy, STREAM_DOMAIN, type TestCaddy } from '../support/servers/caddy.js';
import { launchChromium } from '../support/browser/chromium.js';
import { freePort } from '../support/servers/free-port.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { startLiveKit, type TestLiveKit } from '../support/servers/livekit.js';
import { testClients } from '../support/clients/test-clients.js';
import { streamPages } from '../support/streams/stream-page.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';
import { writers } from '../support/load/writers.js';

/** Null where there is neither Caddy nor Go: the only tests that may be missing from a run, and their name contains that. */
const caddyCommand = await prepareCaddy('.data').catch((error: unknown) => {
  if (error instanceof GoMissing) return null;
  throw error;
});

let port: number;
let livekit: TestLiveKit;
let hub: HubProcesses;
let caddy: TestCaddy;
let browser: Browser;
let visiting: ReturnType<typeof visitors>;
const origin = (domain = DOMAIN) => `https://${domain}:${port}`;

async function start() {
  port = await freePort();
  livekit = await startLiveKit();
  hub = await startHubProcesses({
    nodes: 2,
    env: {
      ...livekit.env,
      NODE_ENV: 'production',
      DEMO: 'off',
      LIMITS: 'on',
      LIMIT_FACTOR: '1000',
      TRUST_PROXY: '1',
      ALLOWED_ORIGINS: '',
      PUBLIC_URL: origin(),
      LIVEKIT_PUBLIC_URL: origin(STREAM_DOMAIN).replace('https', 'wss'),
    },
  });
  const place = (url: string) => url.replace(/^\w+:\/\//, '');
  const nodes = hub.nodes.map(({ url }) => place(url));
  caddy = await startCaddy(caddyCommand!.command, { httpsPort: port, nodes, livekit: place(livekit.url) });
  browser = await launchChromium([RESOLVER_RULES]);
  visiting = visitors(browser);
}

async function close() {
  await visiting?.close();
  await Promise.allSettled([browser?.close(), caddy?.stop()]);
  await hub?.close();
  await livekit?.stop();
}

(caddyCommand ? describe : describe.skip)('docker/Caddyfile before two nodes (skipped where Go is missing)', () => {
  beforeAll(start, 300_000);
  afterAll(close, 60_000);

  const makeSession = async () => {
    const event = await hub.make.event();
    const room = await hub.make.room({ event_id: event.id });
    const session = await hub.make.session({ event_id: event.id, room_id: room.id });
    return {
      ...session,
      event_id: event.id,
      room: room.id,
      event: String(event.slug),
      path: `/${String(event.slug)}/s/${String(session.slug)}`,
    };
  };
  type TestSession = Awaited<ReturnType<typeof makeSession>>;

  /** A guest with a browser, on the page of a session. */
  async function guest({ event, path }: TestSession) {
    const visitor = await visiting.open(origin() + path, { ignoreHTTPSErrors: true });
    const status = await visitor.page.evaluate(
      (body) =>
        fetch('/api/auth/guest', { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
          (answer) => answer.status,
        ),
      JSON.stringify({ event, name: 'Ada' }),
    );
    expect(status).toBeLessThan(300);
    await visitor.page.reload();
    return visitor;
  }

  /** People with the web's own client, over TLS and through Caddy. */
  function audience(session: TestSession) {
    const crowd = testClients({ ...hub, url: origin() }, session);
    return {
      ...crowd,
      join: (role: 'attendee' | 'moderator' = 'attendee') => crowd.join({ role, io: { agent: caddy.agent } }),
    };
  }

  it('serves pages over HTTP/2 and TLS, sets a __Host- cookie, and sends plain HTTP on (START-30, SEC-22)', async () => {
    expect(await caddy.protocol(origin())).toBe('h2');
    const { page, context, complaints } = await guest(await makeSession());
    const cookies = await context.cookies(origin());
    expect(cookies.find(({ name }) => name === '__Host-plenum')).toMatchObject({
      domain: DOMAIN,
      path: '/',
      secure: true,
      httpOnly: true,
    });
    expect(await page.evaluate('performance.getEntriesByType("navigation")[0].nextHopProtocol')).toBe('h2');
    expect(await page.evaluate('fetch("/api/me").then((answer) => answer.json())')).toMatchObject({
      actor: { name: 'Ada' },
    });
    expect(complaints).toEqual([]);
    const plain = await fetch(`http://127.0.0.1:${caddy.httpPort}/x`, {
      headers: { host: DOMAIN },
      redirect: 'manual',
    });
    expect([plain.status, new URL(plain.headers.get('location') ?? '').protocol]).toEqual([308, 'https:']);
  }, 60_000);

  it('closes metrics and everything of LiveKit but signalling (START-30, SEC-70, SEC-71)', async () => {
    const session = await makeSession();
    const { token } = await hub.sign((await hub.make.actor({ event_id: session.event_id })).id);
    const { token: stream } = await tokenOf(session, token);
    for (const [url, status] of [
      [`${origin()}/metrics`, 404],
      [`${origin()}/api/hub`, 200],
      [`${origin(STREAM_DOMAIN)}/`, 404],
      [`${origin(STREAM_DOMAIN)}/twirp/livekit.RoomService/ListRooms`, 404],
      [`${origin(STREAM_DOMAIN)}/whip/v1`, 404],
      [`${origin(STREAM_DOMAIN)}/rtc/validate`, 401],
      [`${origin(STREAM_DOMAIN)}/rtc/validate?access_token=${stream}`, 200],
    ] as const)
      expect([url, (await caddy.get(url)).status]).toEqual([url, status]);
    expect((await fetch(`${hub.url}/metrics`)).status).toBe(200); // from the machine itself, like the operator
  }, 30_000);

  const tokenOf = async ({ room }: TestSession, token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return (await (
      await fetch(`${hub.url}/api/rooms/${room}/token`, { method: 'POST', headers, body: '{}' })
    ).json()) as StreamToken;
  };

  it('carries the signalling of a stream, from a speaker to a page that watches (START-30, STR-3)', async () => {
    const session = await makeSession();
    const { token } = await hub.sign((await hub.make.actor({ event_id: session.event_id, role: 'speaker' })).id);
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const stages = await streamPages(context);
    const given = await tokenOf(session, token);
    expect(given.url).toBe(origin(STREAM_DOMAIN).replace('https', 'wss'));
    const speaker = await stages.join(given);
    expect(await speaker.publish()).toBeNull();
    const { page } = await guest(session);
    const isPlaying = () => page.evaluate('document.querySelector("video")?.currentTime > 0');
    await until('the speaker’s picture', isPlaying, 30_000);
    await Promise.all([context.close(), stages.close()]);
  }, 90_000);

  it('loses nothing in a rolling restart, nor when a node is killed: everybody is back within ten seconds (START-31)', async () => {
    const session = await makeSession();
    const crowd = audience(session);
    const persons = await Promise.all([crowd.join(), crowd.join(), crowd.join()]);
    const question = await persons[0].feed.ask({ id: newId(), text: 'Who restarts?' });
    const { page } = await guest(session);
    const shows = (text: string) => page.locator('[data-question]', { hasText: text }).waitFor();
    await shows('Who restarts?');
    const load = writers(persons, [question.id]);
    for (const index of [0, 1]) {
      await hub.restart(index);
      const before = load.waits.length;
      await until('writes after the restart', () => load.waits.length > before + 30, 20_000);
    }
    // Both nodes have clients again before one is killed, otherwise its end would show nothing.
    const isServing = (index: number) => fetch(`${hub.nodes[index]!.url}/metrics`).then((answer) => answer.text()).then((text) => /^plenum_sockets\S* [1-9]/m.test(text)); // prettier-ignore
    const killed = (await isServing(0)) ? 0 : 1;
    expect(await isServing(killed)).toBe(true);
    await hub.nodes[killed]!.stop('SIGKILL');
    const [began, before] = [performance.now(), load.waits.length];
    await until('everybody to write again', () => load.waits.length > before + 30, 10_000);
    await load.stop();
    const after = await persons[0].feed.ask({ id: newId(), text: `Asked after the kill ${newId()}` });
    await shows(after.text);
    expect(performance.now() - began).toBeLessThan(10_000);
    await hub.restart(killed);
    await load.verify(hub.database);
    crowd.leave();
  }, 120_000);
});
