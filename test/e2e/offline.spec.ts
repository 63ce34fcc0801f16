import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

const SESSION = '/ai-week/s/anniversary';
const RECONNECTING = /^Reconnecting\./;

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

const unsupported = (page: Page) => page.getByRole('button', { name: /^Support this question/, pressed: false });

/** A person in the session who has voted once already, so that their connection is open. */
async function voter() {
  const visitor = await people.open(hub.url + SESSION);
  await unsupported(visitor.page).first().click();
  await visitor.page.getByRole('button', { name: 'Go on without a name' }).click();
  await visitor.page
    .getByRole('button', { name: /^Support this question/, pressed: true })
    .first()
    .waitFor();
  return visitor;
}

/** The rows of votes on the question with these words, and the total that stands beside it. */
async function countedOf(text: string) {
  const [row] = await hub.database.query<{ rows: number; score: number }>(
    `SELECT q.score, (SELECT count(*)::int FROM question_vote v WHERE v.question_id = q.id) AS rows
       FROM question q WHERE q.text = $1`,
    [text],
  );
  return row!;
}

async function voteFor(page: Page) {
  const item = page
    .locator('[data-question]')
    .filter({ has: unsupported(page) })
    .last();
  const text = (await item.locator('p').first().innerText()).trim();
  const before = await countedOf(text);
  await page
    .locator('[data-question]', { hasText: text })
    .getByRole('button', { name: /^Support/ })
    .click();
  return { text, before };
}

describe('a page that loses its connection', () => {
  it('says so, goes on showing what it has, and sends the vote once when the node is back (WEB-60, WEB-61)', async () => {
    const { page, complaints } = await voter();
    const questions = await page.locator('[data-question]').count();
    await hub.nodes[0]!.stop('SIGKILL');
    await page.getByText(RECONNECTING).waitFor();
    await expect(page.locator('[data-question]').count()).resolves.toBe(questions);
    await page.getByRole('tab', { name: 'About' }).click();
    await page.getByRole('heading', { name: 'Speakers' }).waitFor();
    await page.getByRole('tab', { name: /Questions/ }).click();
    const { text, before } = await voteFor(page);

    await hub.restart(0);
    await page.getByText(RECONNECTING).waitFor({ state: 'hidden' });
    await until('the vote in the database', async () => (await countedOf(text)).rows > before.rows);
    await page.locator('[data-question]', { hasText: text }).getByRole('button', { pressed: true }).waitFor();
    expect(await countedOf(text)).toEqual({ rows: before.rows + 1, score: before.score + 1 });
    expect(complaints.filter((complaint) => !/Failed to load|WebSocket|ERR_/.test(complaint))).toEqual([]);
  }, 90_000);

  it('is whole again by itself when the network of the device is back (WEB-60, WEB-61)', async () => {
    const { page, context } = await voter();
    const other = await voter();
    await context.setOffline(true);
    const { text, before } = await voteFor(page);
    const { text: meanwhile } = await voteFor(other.page);
    await page.getByText(RECONNECTING).waitFor();

    await context.setOffline(false);
    await page.getByText(RECONNECTING).waitFor({ state: 'hidden' });
    await until('the vote in the database', async () => (await countedOf(text)).rows > before.rows);
    const { score, rows } = await countedOf(meanwhile);
    expect(rows).toBeLessThanOrEqual(score);
    await page
      .locator('[data-question]', { hasText: meanwhile })
      .getByRole('button', { name: new RegExp(`, ${score} votes`) })
      .waitFor();
  }, 90_000);

  it('shows a person who only watches the same line (WEB-60)', async () => {
    const { page, context } = await people.open(hub.url + SESSION);
    await page.locator('[data-question]').first().waitFor();
    await context.setOffline(true);
    await page.getByText(RECONNECTING).waitFor();
    await page.locator('[data-question]').first().waitFor();
    await context.setOffline(false);
    await page.getByText(RECONNECTING).waitFor({ state: 'hidden' });
  }, 60_000);
});

describe('a link without a connection', () => {
  it('leads to what is kept, or says that there is no connection and goes on when it is back (WEB-113)', async () => {
    const { page, context } = await people.open(`${hub.url}/ai-week`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const link = page.locator(`a[href$="${SESSION}"]`).first();
    await link.waitFor();
    await context.setOffline(true);
    await link.dispatchEvent('click');
    await page.getByText('There is no connection.').waitFor();
    expect(await page.getByText('Something went wrong on our side').count()).toBe(0);
    await context.setOffline(false);
    await page.locator('[data-question]').first().waitFor();

    await context.setOffline(true);
    await page.getByRole('tab', { name: 'About' }).click();
    await page.getByRole('heading', { name: 'Speakers' }).waitFor();
  }, 60_000);
});

describe('a link to a file without a connection', () => {
  const OFFLINE = /^There is no connection/;
  const file = (page: Page) => page.getByRole('link', { name: 'The whole programme for your calendar' });

  it('stays in the page and says that there is no connection, and gives the file when it is back (WEB-186)', async () => {
    const { page, context } = await people.open(`${hub.url}/ai-week`);
    await file(page).waitFor();
    await page.waitForLoadState('networkidle');
    const given = page.waitForEvent('download');
    await file(page).click();
    expect((await given).suggestedFilename()).toMatch(/\.ics$/);

    await context.setOffline(true);
    await page.keyboard.press('Enter'); // like people without a mouse: the link has the focus
    await page.getByText(OFFLINE).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(page.url()).toBe(`${hub.url}/ai-week`);

    await context.setOffline(false);
    const again = page.waitForEvent('download');
    await file(page).click();
    await again;
  }, 60_000);

  it('says so too where the network is there and the hub is not, and for links that open beside the page (WEB-186)', async () => {
    const { page, context } = await people.open(`${hub.url}/ai-week`);
    await file(page).waitFor();
    await page.waitForLoadState('networkidle');
    await hub.nodes[0]!.stop('SIGKILL');
    await file(page).click();
    await page.getByText(OFFLINE).waitFor();
    await hub.restart(0);
    await page.getByText(OFFLINE).waitFor({ state: 'detached' });

    await context.setOffline(true);
    await file(page).click({ modifiers: ['ControlOrMeta'] });
    await page.getByText(OFFLINE).waitFor();
    expect(context.pages()).toHaveLength(1);
  }, 90_000);
});

describe('what people write', () => {
  const EVIL = `</script><img src=x onerror="globalThis.taken=1"><script>globalThis.taken=1</script>`;

  it('is text for the audience, the moderator, the speaker and the projector, and runs nowhere (WEB-59)', async () => {
    const attendee = await people.open(hub.url + SESSION);
    await attendee.page.getByPlaceholder('Ask the speakers a question').fill(`${EVIL} question?`);
    await attendee.page.getByRole('button', { name: 'Ask', exact: true }).click();
    await attendee.page.getByLabel('Your name (not required)').fill(`<b onclick=taken>Eve</b>`);
    await attendee.page.getByRole('button', { name: /^Go on as/ }).click();
    await attendee.page.locator('[data-question]', { hasText: EVIL }).waitFor();

    const moderator = await people.open(`${hub.url}/demo/moderator`);
    await moderator.page.getByTestId('moderated-question').filter({ hasText: EVIL }).click();
    await moderator.page.keyboard.press('a');
    await moderator.page.locator('[data-panel=ranked]').getByText(EVIL).click();
    await moderator.page.keyboard.press('s');
    await moderator.page.getByTestId('on-screen').filter({ hasText: EVIL }).waitFor();

    const speaker = await people.open(`${hub.url}/demo/speaker`);
    const projector = await people.open(`${hub.url}/present/ai-week/anniversary`);
    await speaker.page.getByText(EVIL).first().waitFor();
    await projector.page.getByText(EVIL).first().waitFor();
    await moderator.page.getByRole('button', { name: 'New poll' }).click();
    const form = moderator.page.getByRole('dialog', { name: 'New poll' });
    await form.getByLabel('What do you ask?').fill(`${EVIL} poll?`);
    await form.getByLabel('Answer 1', { exact: true }).fill(`${EVIL} one`);
    await form.getByLabel('Answer 2', { exact: true }).fill('two');
    await form.getByRole('button', { name: 'Save' }).click();
    const poll = moderator.page.getByTestId('moderated-poll').filter({ hasText: EVIL });
    await poll.getByRole('button', { name: 'Open', exact: true }).click();
    await poll.getByRole('button', { name: 'Put on the projector' }).click();
    await attendee.page.getByRole('tab', { name: /Poll/ }).click();
    await attendee.page.getByText(`${EVIL} one`).first().waitFor();
    await projector.page.getByText(`${EVIL} one`).first().waitFor();

    for (const { page, complaints } of [attendee, moderator, speaker, projector]) {
      expect(await page.evaluate(() => (globalThis as { taken?: number }).taken ?? null)).toBeNull();
      expect(complaints.filter((complaint) => !complaint.includes('503'))).toEqual([]);
    }
  }, 90_000);
});
