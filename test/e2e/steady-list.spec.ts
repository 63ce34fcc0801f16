import { type Browser, type Page } from 'playwright-core';
import { newId } from '#libs/client/new-id';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { layoutShifts } from '../support/browser/layout-shifts.js';
import { testClients, type TestClient } from '../support/clients/test-clients.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

const PHONE = { width: 390, height: 740 };
const WIDE = { width: 1280, height: 800 };
/** Scores of 1 to 14, the highest first in the list. */
const QUESTIONS = Array.from({ length: 14 }, (_, n) => ({
  text: `Question ${14 - n}: ${'what about the budget of the schools in small towns? '.repeat((n % 3) + 1)}`,
  score: 14 - n,
}));

let hub: HubProcesses;
let browser: Browser;
let visiting: ReturnType<typeof visitors>;
let leave = () => {};

beforeAll(async () => {
  hub = await startHubProcesses();
  browser = await launchChromium();
  visiting = visitors(browser);
}, 120_000);

afterEach(() => {
  leave();
  return visiting.close();
});
afterAll(() => Promise.allSettled([browser?.close(), hub?.close()]), 60_000);

/** A session with questions, a reader of it and its moderator. */
async function open(size: { width: number; height: number }) {
  const event = await hub.make.event();
  const session = await hub.make.session({ event_id: event.id, version: 1 });
  const stamp = { version: 1, score_version: 1 };
  const asked: string[] = [];
  for (const { text, score } of QUESTIONS)
    asked.push((await hub.make.question({ session_id: session.id, text, text_key: text, score, ...stamp })).id);
  const crowd = testClients(hub, session);
  leave = crowd.leave;
  const moderator = await crowd.join({ role: 'moderator' });
  const path = `/${String(event.slug)}/s/${String(session.slug)}`;
  const { page } = await visiting.open(hub.url + path, { ...size, hasTouch: size === PHONE });
  await page
    .locator('[data-question]')
    .nth(QUESTIONS.length - 1)
    .waitFor();
  await page.waitForLoadState('networkidle');
  return { page, moderator, asked, session };
}

const moderate = (moderator: TestClient, questionId: string, action: 'live' | 'answer' | 'hide') =>
  moderator.client.request('question:moderate', { questionId, action });

async function expectSteady(page: Page) {
  const { score, shifts } = await layoutShifts.of(page);
  expect(score < 0.02 ? [] : shifts).toEqual([]);
}

const shown = (page: Page) => page.getByRole('region', { name: 'Being answered' });

describe.each([
  { where: 'a phone', size: PHONE },
  { where: 'a wide page', size: WIDE },
])('$where', ({ size }) => {
  it('does not shift while questions go on screen and off (WEB-103, WEB-55)', async () => {
    const { page, moderator, asked } = await open(size);
    await layoutShifts.watch(page);
    for (const place of [0, 1, 2]) {
      await moderate(moderator, asked[place]!, 'live');
      await shown(page).getByText(QUESTIONS[place]!.text.trim()).waitFor();
    }
    await moderate(moderator, asked[2]!, 'answer');
    await shown(page).waitFor({ state: 'detached' });
    // The space of answered questions is released after a moment.
    await page.getByText('This question was answered. You find it below.').first().waitFor({ state: 'detached' });
    await expectSteady(page);
  }, 60_000);

  it('keeps what is read in its place when questions above leave, without scroll anchoring (WEB-104)', async () => {
    const { page, moderator, asked } = await open(size);
    await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { documentElement: { style: Record<string, string> } };
      };
      document.documentElement.style['overflowAnchor'] = 'none'; // as in Safari
    });
    const read = page.locator(`[data-question="${asked[8]!}"]`);
    await read.scrollIntoViewIfNeeded();
    await page.mouse.move(5, 5);
    const before = await read.boundingBox();
    await layoutShifts.watch(page);
    await moderate(moderator, asked[0]!, 'hide');
    await moderate(moderator, asked[1]!, 'live');
    await moderate(moderator, asked[1]!, 'answer');
    await page.getByRole('heading', { name: /^Answered/ }).waitFor({ state: 'attached' });
    const after = await read.boundingBox();
    expect(Math.abs(after!.y - before!.y)).toBeLessThan(1);
    await expectSteady(page);
  }, 60_000);
});

describe('tabs', () => {
  it('begin at their top, however far the one before was scrolled (WEB-105)', async () => {
    const { page, session } = await open(PHONE);
    for (let n = 0; n < 8; n += 1) await hub.make.poll({ session_id: session.id, version: 2 });
    await hub.database.query('UPDATE session SET version = 2 WHERE id = $1', [session.id]);
    await page.reload();
    await page.locator('[data-question]').last().scrollIntoViewIfNeeded();
    await page.getByRole('tab', { name: /^Poll/ }).tap();
    const first = page.getByRole('article').first();
    await until('the first poll under the tabs', async () => {
      const [tabs, poll] = [await page.getByRole('tablist').boundingBox(), await first.boundingBox()];
      return tabs !== null && poll !== null && Math.abs(poll.y - (tabs.y + tabs.height)) < 40;
    });
  }, 60_000);
});

/** The call is a line with the words in sight, and leaves the field free. */
async function expectOneLine(page: Page) {
  const call = await page.getByRole('region', { name: 'New poll' }).boundingBox();
  const words = await page.getByRole('region', { name: 'New poll' }).getByText('Where should').boundingBox();
  const field = await page.getByPlaceholder('Ask the speakers a question').boundingBox();
  expect(call!.height).toBeLessThanOrEqual(60);
  expect(words!.width).toBeGreaterThan(100);
  expect(call!.y + call!.height).toBeLessThanOrEqual(field!.y);
}

describe('a poll that opens', () => {
  it.each([PHONE, WIDE, { width: 844, height: 390 }])(
    'calls those who read at $width×$height, the list stays, and answering leads to it (WEB-107, WEB-181, WEB-55)',
    async (size) => {
      const { page, moderator, asked, session } = await open(size);
      const first = page.locator(`[data-question="${asked[0]!}"]`);
      const before = await first.boundingBox();
      await layoutShifts.watch(page);
      const id = newId();
      await moderator.client.request('poll:create', {
        id,
        sessionId: session.id,
        question: 'Where should public money go first?',
        type: 'single',
        options: ['Health', 'Schools'],
        results: 'live',
        changeable: true,
      });
      await moderator.client.request('poll:open', { pollId: id });
      const call = page.getByRole('region', { name: 'New poll' });
      await call.getByText('Where should public money go first?').waitFor();
      expect((await first.boundingBox())!.y).toBe(before!.y);
      await expectSteady(page);
      if (size.height < 480) await expectOneLine(page);
      await page.getByRole('tab', { name: 'About' }).click();
      await call.getByRole('button', { name: 'Answer' }).click();
      await page.getByRole('radio', { name: 'Health' }).waitFor();
      await call.waitFor({ state: 'detached' });
    },
    60_000,
  );
});

describe('the last 15 seconds of a poll', () => {
  it('are said in words once, also to those who put it off, and move neither list nor focus (WEB-182, WEB-55)', async () => {
    const { page, moderator, asked, session } = await open(PHONE);
    const first = page.locator(`[data-question="${asked[0]!}"]`);
    const before = await first.boundingBox();
    const id = newId();
    await moderator.client.request('poll:create', {
      id,
      sessionId: session.id,
      question: 'Where first?',
      type: 'single',
      options: ['Health', 'Schools'],
      results: 'live',
      changeable: true,
    });
    await moderator.client.request('poll:open', { pollId: id, endsAt: new Date(Date.now() + 25_000).toISOString() });
    const call = page.getByRole('region', { name: 'New poll' });
    await call.getByText(/^0:2\d left$/).waitFor();
    await call.getByRole('button', { name: 'Later' }).click();
    await call.waitFor({ state: 'detached' });
    const heard = page.getByRole('status').filter({ hasText: /^The poll closes in .*15.* seconds: .*Where first/ });
    await heard.waitFor({ state: 'attached', timeout: 30_000 });
    await call.getByText(/^Closes in 0:1\d$/).waitFor();
    expect((await first.boundingBox())!.y).toBe(before!.y);
    await call.getByText('Where first?').waitFor();
    await heard.waitFor({ state: 'detached' });
    await call.getByRole('button', { name: 'Answer' }).click();
    await page
      .getByRole('article')
      .getByText(/^Closes in/)
      .waitFor();
  }, 90_000);
});

describe('a session that has not begun', () => {
  it('opens on what it is about, and leads back to the programme at its day (WEB-109, WEB-112)', async () => {
    const event = await hub.make.event();
    const start = new Date(Date.now() + 26 * 3_600_000);
    const session = await hub.make.session({
      event_id: event.id,
      state: 'scheduled',
      starts_at: start,
      ends_at: new Date(start.getTime() + 3_600_000),
    });
    const path = `/${String(event.slug)}/s/${String(session.slug)}`;
    const { page } = await visiting.open(hub.url + path, PHONE);
    await page.getByRole('tab', { name: 'About', selected: true }).waitFor();
    await page.getByRole('link', { name: /^Programme/ }).click();
    await page.waitForURL(/\?day=\d{4}-\d\d-\d\d$/);
    await page
      .getByRole('link', { name: new RegExp(String(session.title)) })
      .first()
      .waitFor();
  }, 60_000);
});
