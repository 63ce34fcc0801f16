import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

const PHONE = { width: 390, height: 844 };

let hub: HubProcesses;
let browser: Browser;
let visiting: ReturnType<typeof visitors>;

beforeAll(async () => {
  hub = await startHubProcesses();
  browser = await launchChromium();
  visiting = visitors(browser);
}, 120_000);

afterEach(() => visiting.close());
afterAll(() => Promise.allSettled([browser?.close(), hub?.close()]), 60_000);

/** A session that begins in a few seconds, and its page. */
async function upcoming(seconds: number) {
  const event = await hub.make.event();
  const start = new Date(Date.now() + seconds * 1000);
  const session = await hub.make.session({
    event_id: event.id,
    title: 'The debate',
    state: 'scheduled',
    starts_at: start,
    ends_at: new Date(start.getTime() + 3_600_000),
  });
  return {
    session,
    programme: `${hub.url}/${String(event.slug)}`,
    path: `/${String(event.slug)}/s/${String(session.slug)}`,
  };
}

const remind = (page: Page, pressed: boolean) => page.getByRole('button', { name: 'Remind me', pressed });
const message = (page: Page, words: RegExp) => page.getByRole('region', { name: 'Messages' }).getByText(words);

/** Records the notifications that a page shows; they are still shown. */
const noteNotifications = () => {
  const scope = globalThis as unknown as {
    Notification: new (title: string, options?: object) => object;
    shown: string[];
  };
  scope.shown = [];
  scope.Notification = new Proxy(scope.Notification, {
    construct(target, [title, options]: [string, object]) {
      scope.shown.push(title);
      return new target(title, options);
    },
  });
};

describe('a session that has not begun', () => {
  it('has its star and its calendar menu on its page, the same as in the programme (WEB-183)', async () => {
    const { path, programme } = await upcoming(7_200);
    const { page } = await visiting.open(hub.url + path, PHONE);
    await page.getByRole('button', { name: 'My programme: The debate', pressed: false }).click();
    await page.getByRole('button', { name: /^Calendar/ }).click();
    const file = page.getByRole('menuitem', { name: 'File for any calendar' });
    expect(await file.getAttribute('href')).toMatch(/schedule\.ics\?session=/);
    await page.keyboard.press('Escape');
    await page.goto(`${programme}?mine=true`);
    await page.getByRole('button', { name: 'My programme: The debate', pressed: true }).waitFor();
  }, 60_000);

  it('is told when it begins, after a reload and in another page of the hub that is open (WEB-185)', async () => {
    const { path, programme } = await upcoming(25);
    const { page, context } = await visiting.open(hub.url + path, PHONE);
    await page.getByText('A page of this site must be open.', { exact: false }).waitFor();
    await remind(page, false).click();
    await page.reload();
    await remind(page, true).waitFor();
    await page.getByText('If none is open, you hear nothing.', { exact: false }).waitFor();
    const other = await context.newPage();
    await other.goto(programme);
    for (const told of [page, other]) await message(told, /The debate.* begins now\./).waitFor({ timeout: 40_000 });
    await other.getByRole('button', { name: 'Go there' }).click();
    await other.waitForURL(hub.url + path);
    await remind(other, false).waitFor();
  }, 90_000);

  it('is not told once its reminder was taken back (WEB-185)', async () => {
    const [soon, sooner] = [await upcoming(18), await upcoming(20)];
    const { page, context } = await visiting.open(hub.url + soon.path, PHONE);
    await remind(page, false).click();
    await remind(page, true).click();
    await remind(page, false).waitFor();
    const other = await context.newPage();
    await other.goto(hub.url + sooner.path);
    await remind(other, false).click();
    await message(page, / begins now\./).waitFor({ timeout: 40_000 });
    expect(await message(page, / begins now\./).count()).toBe(1);
  }, 90_000);

  it('is told by the system too where that is allowed, when it is live early (WEB-185)', async () => {
    const { path, session, programme } = await upcoming(600);
    const { page, context } = await visiting.open(programme, { ...PHONE, permissions: ['notifications'] });
    await context.addInitScript(noteNotifications);
    await page.goto(hub.url + path);
    await remind(page, false).click();
    await page.getByText('Your browser shows a message', { exact: false }).waitFor();
    const { id: moderator } = await hub.make.actor({ event_id: session.event_id, role: 'moderator' });
    const begun = await fetch(`${hub.url}/api/sessions/${session.id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${(await hub.sign(moderator)).token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'live' }),
    });
    expect(begun.status).toBe(200);
    await page.goto(programme);
    await message(page, /The debate.* has begun\./).waitFor();
    await until('a notification', () =>
      page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown.join() === 'The debate'),
    );
  }, 60_000);
});
