import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { startLiveKit, type TestLiveKit } from '../support/servers/livekit.js';
import { until } from '../support/until.js';
import { type Visitor, visitors } from '../support/browser/visitors.js';

const SESSION = '/ai-week/s/anniversary';
/** Everybody sees the same numbers within the second; the projector and people who only watch ask every half second or two. */
const SECOND = 1_000;

const question = (page: Page, text: string) => page.locator('[data-question]', { hasText: text });
const scoreOf = async (page: Page, text: string) =>
  Number(
    await question(page, text)
      .getByRole('button', { name: /Support this question/ })
      .innerText(),
  );

async function seconds(page: Page, selector: string): Promise<number> {
  return page.evaluate((css) => {
    const found = (
      globalThis as unknown as { document: { querySelectorAll(s: string): Iterable<{ currentTime: number }> } }
    ).document;
    return Math.max(0, ...[...found.querySelectorAll(css)].map(({ currentTime }) => currentTime));
  }, selector);
}

async function enterAsGuest(page: Page, name: string) {
  await page.getByLabel('Your name (not required)').fill(name);
  await page.getByRole('button', { name: `Go on as ${name}` }).click();
}

describe.each([
  { where: 'on one node', nodes: 1 },
  { where: 'on two nodes over Redis', nodes: 2 },
])('the hour that matters, $where', ({ nodes }) => {
  let livekit: TestLiveKit;
  let hub: HubProcesses;
  let browser: Browser;
  let people: ReturnType<typeof visitors>;
  let speaker: Visitor, moderator: Visitor, projector: Visitor, first: Visitor, second: Visitor;
  const text = 'Will the recordings have subtitles in all languages?';

  beforeAll(async () => {
    livekit = await startLiveKit();
    hub = await startHubProcesses({ nodes, env: livekit.env });
    browser = await launchChromium();
    people = visitors(browser);
    const near = hub.url;
    const far = hub.nodes.at(-1)!.url;
    speaker = await people.open(`${far}/demo/speaker`);
    moderator = await people.open(`${near}/demo/moderator`);
    projector = await people.open(`${far}/present${SESSION.replace('/s/', '/')}`);
    first = await people.open(`${near}${SESSION}`);
    second = await people.open(`${far}${SESSION}`);
  }, 240_000);

  afterAll(async () => {
    await people?.close();
    await Promise.allSettled([browser?.close(), hub?.close()]);
    await livekit?.stop();
  }, 60_000);

  it('brings the speaker’s moving picture and sound to an attendee (STR-1)', async () => {
    await speaker.page.getByRole('button', { name: 'Set up camera and microphone' }).click();
    await speaker.page.getByRole('button', { name: 'Go on air' }).click();
    await speaker.page.getByRole('heading', { name: 'Everybody sees and hears you' }).waitFor();

    await first.page.getByRole('button', { name: 'Watch now' }).click();
    await first.page.getByTestId('stream-video').first().waitFor();
    const before = await until('a picture', () => seconds(first.page, '[data-testid=stream-video]'), 20_000);
    await until(
      'a moving picture',
      async () => (await seconds(first.page, '[data-testid=stream-video]')) > before + 0.5,
      20_000,
    );
    await until('sound', () => seconds(first.page, '[data-testid=stream-audio]'), 20_000);
    await moderator.page.getByRole('heading', { name: 'Stage' }).scrollIntoViewIfNeeded();
    const onAir = moderator.page.getByRole('listitem').filter({ hasText: 'camera' }).filter({ hasText: 'microphone' });
    await onAir.waitFor();
  }, 90_000);

  it('takes a question from an attendee over the moderator to the projector (QUE-1, MOD-1)', async () => {
    await first.page.getByPlaceholder('Ask the speakers a question').fill(text);
    await first.page.getByRole('button', { name: 'Ask', exact: true }).click();
    await question(first.page, text).getByText('Waiting for a moderator').waitFor();

    const card = moderator.page.getByTestId('moderated-question').filter({ hasText: text });
    await card.click();
    await moderator.page.keyboard.press('a');
    await question(second.page, text).waitFor();
    await question(first.page, text).getByText('Yours').waitFor();

    await moderator.page.getByTestId('moderated-question').filter({ hasText: text }).click();
    await moderator.page.keyboard.press('s');
    await moderator.page.getByTestId('on-screen').filter({ hasText: text }).waitFor();
    await projector.page.getByRole('heading', { name: text }).waitFor();
    await first.page.getByText('Being answered').first().waitFor();
  }, 60_000);

  it('shows a second attendee’s vote to everybody within the second (FEED-5)', async () => {
    await second.page.reload();
    const button = second.page.getByRole('button', { name: /Support this question/ }).first();
    await button.click();
    await enterAsGuest(second.page, 'Amina');
    await second.page
      .getByRole('button', { name: /Support this question, 2 votes/ })
      .first()
      .waitFor();

    const pinned = second.page.locator('[data-question]').first();
    const words = (await pinned.locator('p').first().innerText()).trim();
    const scoreBefore = await scoreOf(first.page, words);
    await pinned.getByRole('button', { name: /Support this question/ }).click();
    const sent = Date.now();
    await until(
      'the vote on the other screen',
      async () => (await scoreOf(first.page, words)) === scoreBefore + 1,
      5_000,
    );
    expect(Date.now() - sent).toBeLessThan(SECOND);
  }, 60_000);

  it('runs a poll from the draft to the published result (POLL-1)', async () => {
    const desk = moderator.page;
    await desk.getByRole('button', { name: 'New poll' }).click();
    const form = desk.getByRole('dialog', { name: 'New poll' });
    await form.getByLabel('What do you ask?').fill('Was this hour useful?');
    await form.getByLabel('Answer 1', { exact: true }).fill('Very');
    await form.getByLabel('Answer 2', { exact: true }).fill('Not yet');
    await form.getByLabel('Who sees the result').selectOption('manual');
    await form.getByRole('button', { name: 'Save' }).click();
    const poll = desk.getByTestId('moderated-poll').filter({ hasText: 'Was this hour useful?' });
    await poll.getByRole('button', { name: 'Open', exact: true }).click();

    for (const { page } of [first, second]) {
      await page.getByRole('tab', { name: /Poll/ }).click();
      const card = page.getByRole('article', { name: 'Was this hour useful?' });
      await card.getByLabel('Very').check();
      await card.getByRole('button', { name: 'Send my answer' }).click();
      await card.getByText('Your answer is counted.').waitFor();
      await expect(card.getByRole('table').count()).resolves.toBe(0);
    }
    await poll.getByText('2 answers').waitFor();
    await poll.getByRole('button', { name: 'Close and publish' }).click();
    await poll.getByRole('button', { name: 'Show the result on the projector' }).click();
    await projector.page.getByRole('heading', { name: 'Was this hour useful?' }).waitFor();
    await projector.page.getByText('2 answers').waitFor();
    for (const { page } of [first, second])
      await page.getByRole('article', { name: 'Was this hour useful?' }).getByText('2 answers').waitFor();
  }, 60_000);

  it('loses nothing when a page is reloaded in the middle (FEED-1)', async () => {
    await first.page.reload();
    const card = first.page.getByRole('article', { name: 'Was this hour useful?' });
    await first.page.getByRole('tab', { name: /Poll/ }).click();
    await card.getByText('Your answer was counted.').waitFor();
    await first.page.getByRole('tab', { name: /Questions/ }).click();
    await first.page.getByText('Being answered').first().waitFor();
    await until('the picture again', () => seconds(first.page, '[data-testid=stream-video]'), 20_000);
    await speaker.page.getByRole('heading', { name: 'Everybody sees and hears you' }).waitFor();
  }, 60_000);

  it('makes no page complain (WEB-1)', () => {
    const all = { speaker, moderator, projector, first, second };
    expect(Object.fromEntries(Object.entries(all).map(([who, { complaints }]) => [who, complaints]))).toEqual({
      speaker: [],
      moderator: [],
      projector: [],
      first: [],
      second: [],
    });
  });
});
