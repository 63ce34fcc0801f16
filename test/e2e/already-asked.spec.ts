import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

const TEXTS = [
  'Can the national plan be changed by the proposals of the debates?',
  'When is the national plan looked at again after the debates?',
  'Who pays for the training of teachers?',
];
const WRITTEN = 'Can the national plan still change after the debates?';

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

const field = (page: Page) => page.getByPlaceholder('Ask the speakers a question');
const heard = (page: Page, words: RegExp) => page.getByRole('status').filter({ hasText: words });

/** A session with questions, and a page of it where a guest's line is open. */
async function open(size: { readonly width: number; readonly height: number }) {
  const event = await hub.make.event();
  const session = await hub.make.session({ event_id: event.id, version: 1 });
  for (const text of TEXTS)
    await hub.make.question({ session_id: session.id, text, text_key: text, score: 3, version: 1, score_version: 1 });
  const { page } = await visiting.open(`${hub.url}/${String(event.slug)}/s/${String(session.slug)}`, {
    ...size,
    hasTouch: size.width < 900,
  });
  await page.locator('[data-question]').nth(2).waitFor();
  await page.waitForLoadState('networkidle');
  return { page, session };
}

const votesFor = async (text: string, sessionId: unknown) => {
  const [row] = await hub.database.query(
    `SELECT count(*)::int AS votes FROM question_vote v JOIN question q ON q.id = v.question_id
      WHERE q.text = $1 AND q.session_id = $2`,
    [text, sessionId],
  );
  return Number(row?.['votes']);
};

describe('similar questions while one is written', () => {
  it('stand under the form, move neither field nor focus, and are voted for there with the keyboard (QUE-49, WEB-187)', async () => {
    const { page, session } = await open({ width: 1280, height: 800 });
    const sent: string[] = [];
    page.on('request', (request) => request.postData()?.includes('national') && sent.push(request.url()));
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => String(payload).includes('national') && sent.push(socket.url())),
    );
    await field(page).click();
    const before = await field(page).boundingBox();
    await field(page).pressSequentially(WRITTEN);
    const similar = page.getByRole('region', { name: /^Already asked/ });
    await similar.getByText(TEXTS[0]!).waitFor();
    await heard(page, /2 similar questions/).waitFor({ state: 'attached' });
    expect(await similar.getByRole('listitem').count()).toBe(2);
    const after = await field(page).boundingBox();
    expect([after!.x, after!.y]).toEqual([before!.x, before!.y]);
    expect(await field(page).evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);

    const vote = similar.getByRole('button', { name: new RegExp(`^Support this question.*${TEXTS[0]!.slice(0, 30)}`) });
    await until('the vote by the keyboard', async () => {
      await page.keyboard.press('Tab');
      return vote.evaluate((element) => element === element.ownerDocument.activeElement);
    });
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Go on without a name' }).click();
    await until('one vote', async () => (await votesFor(TEXTS[0]!, session.id)) === 1);
    expect(await field(page).inputValue()).toBe(WRITTEN);
    expect(sent).toEqual([]);
  }, 60_000);

  it.each([
    { width: 390, height: 508 },
    { width: 360, height: 400 },
    { width: 390, height: 844 },
    { width: 844, height: 390 },
  ])(
    'are one line at $width×$height, with the field and the button in view (WEB-187, WEB-100)',
    async (size) => {
      const { page } = await open(size);
      const inSight = async (what: ReturnType<Page['locator']>) => {
        const box = await what.boundingBox();
        return box !== null && box.y >= 0 && box.y + box.height <= size.height;
      };
      const ask = page.getByRole('button', { name: 'Ask', exact: true });
      await field(page).tap();
      await field(page).fill('Can the');
      await until('the form in its place', async () => (await inSight(field(page))) && (await inSight(ask)));
      const before = await field(page).boundingBox();
      await field(page).fill('Can the national plan');
      const line = page.getByRole('button', { name: /^Already asked/, expanded: false });
      await line.waitFor();
      const box = await line.boundingBox();
      expect(box!.height).toBeLessThanOrEqual(48);
      expect(box!.x + box!.width).toBeLessThanOrEqual(size.width);
      expect((await field(page).boundingBox())!.y).toBe(before!.y);
      expect(await inSight(field(page))).toBe(true);
      expect(await inSight(ask)).toBe(true);
      await line.tap();
      await page.getByRole('listitem').getByText(TEXTS[0]!).last().waitFor();
      expect(await inSight(ask)).toBe(true);
    },
    60_000,
  );
});
