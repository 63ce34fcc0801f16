import { jest } from '@jest/globals';
import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { appOf, visitors } from '../support/browser/visitors.js';

jest.setTimeout(60_000);

let hub: HubProcesses;
let browser: Browser;
let people: ReturnType<typeof visitors>;

beforeAll(async () => {
  hub = await startHubProcesses();
  browser = await launchChromium();
  people = visitors(browser);
}, 120_000);

afterEach(() => people.close());
afterAll(() => Promise.allSettled([browser?.close(), hub?.close()]), 60_000);

const SESSION = '/ai-week/s/anniversary';
const VIEWS = [
  { name: 'programme', path: '/ai-week', role: null, ready: 'h1' },
  { name: 'session', path: SESSION, role: 'attendee', ready: '[data-question]' },
  { name: 'desk', path: `${SESSION}/moderate`, role: 'moderator', ready: '[data-testid=moderated-question]' },
  { name: 'speaker', path: `${SESSION}/speak`, role: 'speaker', ready: 'video, [data-stage]' },
  { name: 'projector', path: '/present/ai-week/anniversary', role: null, ready: '[data-testid=projector]' },
] as const;

/** Opens a page in a role of the demo, and records its requests to the hub. */
async function open({ path, role, ready }: (typeof VIEWS)[number]) {
  const { page } = await people.open(role ? `${hub.url}/demo/${role}` : 'about:blank');
  if (role) await page.waitForURL('**/s/**');
  await page.goto('about:blank');
  const asked: string[] = [];
  page.on('request', (request) => request.url().startsWith(hub.url) && asked.push(request.url().slice(hub.url.length)));
  await page.goto(hub.url + path);
  await page.locator(ready).first().waitFor();
  return { page, asked };
}

/** The preloads in the HTML, by kind. */
async function named(path: string, page: Page) {
  const html = await (await page.context().request.get(hub.url + path)).text();
  const links = [...html.matchAll(/<link rel="(modulepreload|preload)"[^>]*href="([^"]+)"/g)];
  return links.map(([, , address]) => address!);
}

/** Texts that a view shows at first; those of menus and dialogs come when they are opened. */
const TEXTS =
  /\/assets\/(common|errors|session|questions|polls|stream|sign-in|moderate|cues|speak|present|programme)-.*\.json$/;

describe('the first load', () => {
  it.each(VIEWS)('of the $name asks for what its page named, once, and for no other texts (WEB-193)', async (view) => {
    const { page, asked } = await open(view);
    const ahead = await named(view.path, page);
    expect(ahead.length).toBeGreaterThan(5);
    const wrong = () => ahead.filter((address) => asked.filter((one) => one === address).length !== 1);
    await until('everything that was named', () => wrong().length === 0);
    const texts = asked.filter((address) => TEXTS.test(address));
    expect(texts.filter((address) => !ahead.includes(address))).toEqual([]);
    expect(texts.length).toBeGreaterThanOrEqual(3);
  });

  it.each(VIEWS)('of the $name has its style sheets first, and few scripts (WEB-195)', async ({ path }) => {
    const { page } = await people.open('about:blank');
    const html = await (await page.context().request.get(hub.url + path)).text();
    const places = ['rel="stylesheet"', 'type="module"', 'rel="preload" as="fetch"'];
    const [style, script, answer] = places.map((text) => html.indexOf(text));
    expect(style).toBeGreaterThan(0);
    expect(html.lastIndexOf('rel="stylesheet"')).toBeLessThan(script!);
    expect(script).toBeLessThan(answer!);
    const scripts = [...html.matchAll(/rel="modulepreload"|type="module"/g)];
    expect(scripts.length).toBeGreaterThan(2);
    expect(scripts.length).toBeLessThan(15); // as built by default they are 20 to 28
  });
});

/** The messages of a page over its sockets to the hub; a stream's own server is another one. */
function sentBy(page: Page) {
  const sent: string[] = [];
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/socket.io/')) return;
    sent.push('opened');
    socket.on('framesent', ({ payload }) => sent.push(String(payload)));
  });
  return { of: (text: string) => sent.filter((one) => one.includes(text)) };
}

describe('a session', () => {
  it.each(VIEWS.slice(1, 3))('is joined once by its $name while that is first rendered (WEB-197)', async (view) => {
    const { page } = await people.open(`${hub.url}/demo/${view.role}`);
    await page.waitForURL('**/s/**');
    await page.goto('about:blank');
    const sent = sentBy(page);
    await page.goto(hub.url + view.path);
    await page.locator(view.ready).first().waitFor();
    expect([sent.of('opened').length, sent.of('session:join').length, sent.of('session:leave').length]).toEqual([
      1, 1, 0,
    ]);
    expect(sent.of('session:join')[0]!.includes('"desk":true')).toBe(view.name === 'desk');
  });

  it('is not joined by a link that is only pointed at, and left on the way back (WEB-197)', async () => {
    const { page } = await people.open(`${hub.url}/demo/attendee`);
    await page.waitForURL('**/s/**');
    await page.goto(`${hub.url}/ai-week`);
    await appOf(page);
    const sent = sentBy(page);
    const asked = page.waitForRequest(/session-page/);
    await page.locator('a[href*="/s/"]').first().hover();
    await asked;
    await page.locator('a[href*="/s/"]').nth(1).hover();
    expect(sent.of('session:join')).toEqual([]);
    await page.locator('a[href*="/s/"]').first().click();
    await page.locator('[data-question]').first().waitFor();
    expect(sent.of('session:join').length).toBe(1);
    await page.goBack();
    await until('the session is left', () => sent.of('session:leave').length === 1);
    expect(sent.of('session:join').length).toBe(1);
  });
});

describe('the main thread', () => {
  const ENTRY = /\/assets\/(libraries|router|index)-[\w-]+\.js$/;

  it('evaluates the scripts of every view one after another, with other tasks between them (WEB-200)', async () => {
    const { page } = await people.open('about:blank');
    await page.addInitScript(countTasks);
    await page.route(ENTRY, async (route) => {
      const response = await route.fetch();
      const name = ENTRY.exec(route.request().url())![1]!;
      const note = `;(globalThis.evaluated ??= []).push(['${name}', globalThis.tasks]);`;
      await route.fulfill({ response, body: (await response.text()) + note });
    });
    await page.goto(`${hub.url}/ai-week`);
    await page.locator('h1').first().waitFor();
    const evaluated = () => page.evaluate(() => (globalThis as unknown as Counted).evaluated ?? []);
    await until('all of them', async () => (await evaluated()).length === 4);
    const seen = await evaluated();
    expect(seen.map(([name]) => name)).toEqual(['libraries', 'router', 'index', 'index']); // at last the one that imports them
    const tasks = seen.slice(0, 3).map(([, task]) => task);
    const started = await page.evaluate(() => (globalThis as unknown as Counted).firstWorkerAt!);
    expect([...tasks, started]).toEqual([...new Set([...tasks, started])]);
  });

  it('writes its first date once a worker has, or has taken too long (WEB-198)', async () => {
    const { page } = await people.open('about:blank');
    await page.addInitScript(watchDates);
    await page.goto(hub.url + SESSION);
    await appOf(page);
    const at = await page.evaluate(() => (globalThis as unknown as { dates: DateTimes }).dates);
    expect(at.asked).toBeGreaterThan(0);
    expect(at.first > (at.made ?? Infinity) || at.first - at.asked! >= 500).toBe(true);
  });

  it('writes dates in a browser without workers (WEB-198)', async () => {
    const { page, complaints } = await people.open('about:blank');
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
    await page.goto(`${hub.url}/ai-week`);
    await appOf(page);
    await until('a time', async () => /\d\d:\d\d/.test(await page.locator('#root').innerText()));
    expect(complaints).toEqual([]);
  });

  it.each(VIEWS.slice(1, 2))('lays the $name out with its frames only (WEB-201)', async ({ path, role, ready }) => {
    const { page } = await people.open(`${hub.url}/demo/${role!}`, { width: 390, height: 844 });
    await page.waitForURL('**/s/**');
    await page.goto('about:blank');
    await page.addInitScript(watchReads);
    await page.goto(hub.url + path);
    await page.locator(ready).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => (globalThis as unknown as Read).reads)).toEqual([]);
  });
});

interface DateTimes {
  asked?: number;
  made?: number;
  first: number;
}

/** Notes when the page starts its worker, when that has written a date, and when the page writes one. Runs in the page. */
function watchDates() {
  const dates: DateTimes = { first: Infinity };
  const page = globalThis as unknown as { dates: DateTimes; Worker: new (...all: unknown[]) => EventTarget };
  page.dates = dates;
  page.Worker = new Proxy(page.Worker, {
    construct(Made, all: unknown[]) {
      const worker = new Made(...all);
      dates.asked ??= performance.now();
      worker.addEventListener('message', () => (dates.made ??= performance.now()));
      return worker;
    },
  });
  const note = () => (dates.first = Math.min(dates.first, performance.now()));
  Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
    construct(Made, [locale, style]: [string, Intl.DateTimeFormatOptions?]) {
      note();
      return new Made(locale, style);
    },
    apply(Made, _, [locale, style]: [string, Intl.DateTimeFormatOptions?]) {
      note();
      return Made(locale, style);
    },
  });
}

interface Counted {
  tasks: number;
  Worker: new (...all: unknown[]) => object;
  /** The task in which the app, as one of its first acts, starts a worker. */
  firstWorkerAt?: number;
  readonly evaluated?: readonly (readonly [string, number])[];
}

/** Counts tasks of the page: each ends with the next one. Runs in the page. */
function countTasks() {
  const page = globalThis as unknown as Counted;
  page.tasks = 0;
  page.Worker = new Proxy(page.Worker, {
    construct(Made, all: unknown[]) {
      page.firstWorkerAt ??= page.tasks;
      return new Made(...all);
    },
  });
  const { port1, port2 } = new MessageChannel() as unknown as {
    port1: { onmessage: () => void };
    port2: { postMessage: (nothing: null) => void };
  };
  port1.onmessage = () => {
    page.tasks += 1;
    port2.postMessage(null);
  };
  port2.postMessage(null);
}

interface Read {
  reads: string[];
}

/** Notes who reads what the browser has to lay the page out for, outside of a frame and its observers. Runs in the page. */
function watchReads() {
  const page = globalThis as unknown as Read & Record<string, { prototype: object } & (new (take: Take) => object)>;
  type Take = (...given: unknown[]) => unknown;
  page.reads = [];
  let isInFrame = false;
  const inFrame =
    (take: Take): Take =>
    (...given) => {
      isInFrame = true;
      try {
        return take(...given);
      } finally {
        isInFrame = false;
      }
    };
  const frames = globalThis as unknown as { requestAnimationFrame: (take: Take) => number };
  const request = frames.requestAnimationFrame.bind(globalThis);
  frames.requestAnimationFrame = (take) => request(inFrame(take));
  const Observer = page['ResizeObserver']!;
  page['ResizeObserver'] = class extends Observer {
    constructor(take: Take) {
      super(inFrame(take));
    }
  };
  const watch = (owner: object, name: string) => {
    const { get, value } = Object.getOwnPropertyDescriptor(owner, name) as { get?: Take; value?: Take };
    const watched = function (this: unknown, ...given: unknown[]) {
      if (!isInFrame) page.reads.push(`${name} ${new Error().stack?.split('\n').slice(2, 6).join(' ') ?? ''}`);
      return (get ?? value!).apply(this, given);
    };
    Object.defineProperty(owner, name, get ? { get: watched, configurable: true } : { value: watched, configurable: true, writable: true }); // prettier-ignore
  };
  for (const name of ['offsetHeight', 'offsetWidth', 'offsetTop']) watch(page['HTMLElement']!.prototype, name);
  for (const name of ['clientHeight', 'scrollHeight', 'scrollTop', 'getBoundingClientRect']) watch(page['Element']!.prototype, name); // prettier-ignore
  watch(globalThis, 'getComputedStyle');
}
