import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { WebSocket as NodeSocket } from 'ws';
import { launchChromium } from '../../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../../support/hub/hub-process.js';
import { startForeignSite, startTlsProxy, type TlsProxy } from '../../support/proxies/tls-proxy.js';

/** A hub as it runs in production: built, NODE_ENV=production, behind a proxy that ends TLS, and a real browser in front of it. */
let proxy: TlsProxy;
let foreign: Awaited<ReturnType<typeof startForeignSite>>;
let hub: HubProcesses;
let browser: Browser;
let context: BrowserContext;
let slug: string;

beforeAll(async () => {
  let target = '';
  [proxy, foreign, browser] = await Promise.all([startTlsProxy(() => target), startForeignSite(), launchChromium()]);
  hub = await startHubProcesses({
    env: {
      NODE_ENV: 'production',
      DEMO: 'off',
      LIMITS: 'on',
      PUBLIC_URL: proxy.url,
      ALLOWED_ORIGINS: '',
      TRUST_PROXY: '1',
      LOG_LEVEL: 'debug',
    },
  });
  target = hub.url;
  context = await browser.newContext({ ignoreHTTPSErrors: true });
  slug = String((await hub.make.event()).slug);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await Promise.all([proxy?.close(), foreign?.close()]);
}, 30_000);

/** A page of the hub whose visitor has become a guest. */
async function guest(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${proxy.url}/${slug}`);
  expect(await page.evaluate(signIn, slug)).toBe(200);
  return page;
}

describe('a production hub behind TLS', () => {
  it('keeps its sign-in in a __Host- cookie that no script reads, and says HSTS (AUTH-5, AUTH-16, SEC-6, SEC-22)', async () => {
    const page = await guest();
    const [cookie] = (await context.cookies()).filter(({ name }) => name.includes('plenum'));
    expect(cookie).toMatchObject({
      name: '__Host-plenum',
      domain: '127.0.0.1',
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    });
    expect(await page.evaluate('document.cookie')).not.toContain('plenum');
    const answer = await page.reload();
    expect(answer?.headers()['strict-transport-security']).toBe('max-age=31536000');
    expect(await page.evaluate(whoAmI)).toBe('guest');
    expect(await page.evaluate(connect, proxy.url)).toMatch(/^40\{"sid"/);
    await page.close();
  }, 30_000);

  it('lets its pages use camera, microphone, screen, sound and full screen, and of the rest what no header can refuse (AUTH-16)', async () => {
    const page = await guest();
    const allowed = await page.evaluate(
      '[document.featurePolicy.allowedFeatures(), ["geolocation", "usb", "payment", "midi", "serial", "hid"]]',
    );
    const [features, refused] = allowed as [string[], string[]];
    expect(features).toEqual(
      expect.arrayContaining(['autoplay', 'camera', 'display-capture', 'fullscreen', 'microphone']),
    );
    for (const feature of refused) expect(features).not.toContain(feature);
    await page.close();
  }, 30_000);

  it('gives a foreign page of the same host nothing with the visitor’s cookie: no socket, no change (SEC-1, SEC-3, AUTH-6)', async () => {
    await (await guest()).close();
    const page = await context.newPage();
    await page.goto(foreign.url);
    expect(await page.evaluate(connect, proxy.url)).toBe('refused');
    const told = page.waitForResponse((response) => response.url().endsWith('/api/auth/sign-out'));
    await page.evaluate(postForm, `${proxy.url}/api/auth/sign-out`);
    const answer = await told;
    expect((await answer.request().allHeaders()).cookie).toContain('__Host-plenum=');
    expect(answer.status()).toBe(403);
    const back = await context.newPage();
    await back.goto(`${proxy.url}/${slug}`);
    expect(await back.evaluate(whoAmI)).toBe('guest');
    await Promise.all([page.close(), back.close()]);
  }, 30_000);

  it('redirects reads without TLS to the https address, refuses the rest and sockets (AUTH-18, SEC-6)', async () => {
    for (const path of ['/', `/${slug}`, '/api/me', '//evil.example/x']) {
      const answer = await fetch(proxy.plainUrl + path, { redirect: 'manual' });
      expect([answer.status, answer.headers.get('location')]).toEqual([308, proxy.url + path]);
      expect(await answer.text()).not.toContain('actor');
    }
    const headers = { 'content-type': 'application/json', origin: proxy.url };
    const body = JSON.stringify({ event: slug });
    const answer = await fetch(`${proxy.plainUrl}/api/auth/guest`, { method: 'POST', headers, body });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
    expect(await answer.text()).not.toContain('token');
    expect(await upgrade(proxy.plainUrl, { origin: proxy.url })).toBe(403);
    expect((await fetch(`${hub.url}/api/health/live`)).status).toBe(200);
  });

  it('upgrades for its own origin alone (AUTH-6, SEC-1, SEC-2)', async () => {
    const { token } = await hub.sign((await hub.make.actor()).id);
    const cookie = `__Host-plenum=${token}`;
    const { port } = new URL(proxy.url);
    expect(await upgrade(hub.url, { origin: proxy.url, cookie })).toBe(101);
    expect(await upgrade(hub.url, {})).toBe(101);
    for (const origin of [
      undefined,
      'null',
      '',
      proxy.url.replace('https', 'http'),
      proxy.url.replace('https', 'wss'),
      `https://127.0.0.1:${Number(port) + 1}`,
      'https://127.0.0.1',
      `https://127.0.0.1.evil.com:${port}`,
      `https://good.127.0.0.1:${port}`,
      `https://evil-127.0.0.1:${port}`,
      `${proxy.url}@evil.com`,
      `${proxy.url}, https://evil.com`,
      `${proxy.url}/`,
      hub.url,
      'https://evil.com',
    ])
      expect([origin, await upgrade(hub.url, { ...(origin !== undefined && { origin }), cookie })]).toEqual([
        origin,
        403,
      ]);
    expect(await upgrade(hub.url, { cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
  });

  it('takes no token from an address, and writes none into its log (SEC-5)', async () => {
    const { token } = await hub.sign((await hub.make.actor()).id);
    const [, , signature] = token.split('.');
    for (const name of ['token', 'access_token', 'authorization', '__Host-plenum', 'auth[token]', 'jwt']) {
      const query = new URLSearchParams({ [name]: token }).toString();
      expect(await (await fetch(`${hub.url}/api/me?${query}`)).json()).toEqual({ actor: null });
      const closed = await fetch(`${hub.url}/api/events?${query}`, { method: 'POST' });
      expect([name, closed.status]).toEqual([name, 401]);
      expect(await firstAnswer(`${hub.url}/socket.io/?EIO=4&transport=websocket&${query}`)).toContain('auth.required');
    }
    for (const path of [`/api/${token}`, `/${token}`, `/api/events/${token}`]) await fetch(hub.url + path);
    await fetch(`${hub.url}/api/me`, {
      headers: { authorization: `Bearer ${token}x`, cookie: `__Host-plenum=${token}` },
    });
    await fetch(`${hub.url}/api/me`, { headers: { referer: `https://x.example/?token=${token}` } });
    const log = hub.nodes[0]!.output();
    expect(log).toContain('"path":"/api/me"');
    expect(log).not.toContain(signature);
  });
});

/** The status of an upgrade with these headers. */
async function upgrade(url: string, headers: Record<string, string>): Promise<number> {
  const asked = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  });
  asked.end();
  const [answer, socket] = (await Promise.race([once(asked, 'upgrade'), once(asked, 'response')])) as [
    { statusCode: number },
    { destroy(): void } | undefined,
  ];
  socket?.destroy();
  asked.destroy();
  return answer.statusCode;
}

/** What a socket hears that says nothing of who it is. */
function firstAnswer(url: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new NodeSocket(url.replace('http', 'ws'));
    socket.onopen = () => socket.send('40{}');
    socket.on('message', (data: Buffer) => {
      if (!data.toString().startsWith('4')) return;
      socket.close();
      resolve(data.toString());
    });
    socket.onclose = () => resolve('closed');
  });
}

// What runs in the browser.

async function signIn(event: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch('/api/auth/guest', { method: 'POST', headers, body: JSON.stringify({ event }) })).status;
}

async function whoAmI(): Promise<string | null> {
  const { actor } = (await (await fetch('/api/me')).json()) as { actor: { role: string } | null };
  return actor?.role ?? null;
}

/** As any site can: with the visitor's cookies, and without asking first. */
function postForm(action: string): void {
  const { document } = globalThis as unknown as {
    document: { body: { innerHTML: string }; forms: { submit(): void }[] };
  };
  document.body.innerHTML = `<form method="post" action="${action}"></form>`;
  document.forms[0]?.submit();
}

function connect(url: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    socket.onopen = () => socket.send('40{}');
    socket.onerror = () => resolve('refused');
    socket.onmessage = ({ data }) => String(data).startsWith('4') && resolve(String(data));
  });
}
