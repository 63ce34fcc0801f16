import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const EVENT = 'ai-week';
const SESSION = 'anniversary';
/** The CPU of a cheap phone, of this machine's. */
const THROTTLE = 4;
/** A page is interactive once there was no long task for so long, in ms. */
const QUIET = 2_000;
const PATIENCE = 60_000;
/** The part of the stream: LiveKit's client, and its requests to connect. */
const STREAM = /\/assets\/livekit-|stream-connection|\/api\/rooms\/[^/]+\/stream-token/;

/** The measured pages: the role, and the content with which people can begin. */
export const PAGES = {
  programme: { path: `/${EVENT}`, role: null, ready: 'h1' },
  session: { path: `/${EVENT}/s/${SESSION}`, role: 'attendee', ready: '[data-question]' },
  moderator: {
    path: `/${EVENT}/s/${SESSION}/moderate`,
    role: 'moderator',
    ready: '[data-testid=moderated-question]',
    size: { width: 1280, height: 800 },
  },
};
export const pageName = (page) => `web-${page}`;
const PHONE = { width: 390, height: 844 };

/** Opens a page of the demo in a real browser without a cache: its transferred bytes, and how long people wait. */
export const webPage = (name) => async (stage) => {
  const node = await stage.startNode({ DEMO: 'on', LIMITS: 'off' });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage'] }); // prettier-ignore
  try {
    const { path, role, ready, size = PHONE } = PAGES[name];
    const cookies = role ? await signIn(browser, node.url, role) : [];
    await measure(browser, { url: node.url + path, cookies, ready, size }); // the hub renders and caches what it sends
    return await measure(browser, { url: node.url + path, cookies, ready, size });
  } finally {
    await browser.close();
  }
};

async function signIn(browser, url, role) {
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.goto(`${url}/demo/${role}`);
  await page.waitForURL(`**/${EVENT}/s/**`);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

async function measure(browser, { url, cookies, ready, size }) {
  const context = await browser.newContext({ locale: 'en', viewport: size });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const transfers = await watchTransfers(devtools);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    await page.addInitScript(observe);
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator(ready).first().waitFor({ timeout: PATIENCE });
    const seen = await settle(page);
    return { ...transfers.sums(), ...seen };
  } finally {
    await context.close();
  }
}

/** Runs in the page, before its own scripts. */
function observe() {
  const seen = { tasks: [], shift: 0, largest: 0, element: '', first: 0 };
  globalThis.seen = seen;
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true }); // prettier-ignore
  watch('longtask', ({ startTime, duration }) => seen.tasks.push({ startTime, duration }));
  watch('layout-shift', ({ value, hadRecentInput }) => (seen.shift += hadRecentInput ? 0 : value));
  watch('paint', ({ name, startTime }) => name === 'first-contentful-paint' && (seen.first = startTime));
  watch('largest-contentful-paint', ({ startTime, element }) => {
    seen.largest = startTime;
    seen.element = element?.outerHTML.slice(0, 60) ?? '';
  });
}

/** Waits until the page is interactive: LCP and first paint in s, blocking in s, layout shift. */
async function settle(page) {
  for (const end = performance.now() + PATIENCE; performance.now() < end; await pause(100)) {
    const { seen, now } = await page.evaluate(() => ({ seen: globalThis.seen, now: performance.now() }));
    const last = Math.max(
      seen.first,
      seen.largest,
      ...seen.tasks.map(({ startTime, duration }) => startTime + duration),
    );
    if (now - last < QUIET) continue;
    const late = seen.tasks.filter(({ startTime }) => startTime >= seen.first);
    const blocking = late.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
    return { first: seen.first / 1000, lcp: seen.largest / 1000, element: seen.element, blocking: blocking / 1000, shift: seen.shift }; // prettier-ignore
  }
  throw new Error('the page never falls quiet');
}

/** Bytes over the network by kind, headers included, and frames of the socket; what the stream brings apart. */
async function watchTransfers(devtools) {
  const requests = new Map();
  let socket = 0;
  await devtools.send('Network.enable');
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => requests.set(requestId, { url: request.url, bytes: 0, type: '' })); // prettier-ignore
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    const request = requests.get(requestId);
    if (request) request.type = response.mimeType;
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) request.bytes = encodedDataLength;
  });
  for (const event of ['Network.webSocketFrameReceived', 'Network.webSocketFrameSent'])
    devtools.on(event, ({ response }) => (socket += response.payloadData.length));
  return {
    sums: () => {
      const kb = { html: 0, js: 0, css: 0, fonts: 0, texts: 0, api: 0, other: 0, socket: socket / 1000, stream: 0 };
      for (const request of requests.values()) kb[kindOf(request)] += request.bytes / 1000;
      const total = Object.values(kb).reduce((sum, one) => sum + one, 0) - kb.stream;
      return { kb: { total, ...kb }, requests: requests.size };
    },
  };
}

function kindOf({ url, type }) {
  if (STREAM.test(url)) return 'stream';
  if (/\/assets\/.*\.json$/.test(url)) return 'texts';
  if (/\/api\//.test(url)) return 'api';
  if (/html/.test(type)) return 'html';
  if (/javascript/.test(type)) return 'js';
  if (/css/.test(type)) return 'css';
  return /font/.test(type) || /woff2/.test(url) ? 'fonts' : 'other';
}

function chromiumPath() {
  const path = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) => existsSync(one)); // prettier-ignore
  if (!path) throw new Error('No Chromium found; set CHROMIUM to one.');
  return path;
}
