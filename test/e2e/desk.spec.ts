import { randomUUID } from 'node:crypto';
import { type Browser, type Page } from 'playwright-core';
import { createClient } from '#libs/client/client';
import { seriousProblems } from '../support/browser/axe.js';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

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

/** What a page is made of, as far as these tests look at it; they run outside a browser and have no types of one. */
interface Window {
  readonly innerHeight: number;
  readonly document: {
    readonly documentElement: { readonly scrollHeight: number };
    querySelector(css: string): { getBoundingClientRect(): { top: number; bottom: number } } | null;
  };
}

/** How much higher the page is than its window, and which of the parts are not wholly in it. */
const outOfView = (page: Page, parts: readonly string[]) =>
  page.evaluate((selectors) => {
    const { document, innerHeight } = globalThis as unknown as Window;
    const isIn = (css: string) => {
      const box = document.querySelector(css)?.getBoundingClientRect();
      return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
    };
    return {
      higher: document.documentElement.scrollHeight - innerHeight,
      hidden: selectors.filter((css) => !isIn(css)),
    };
  }, parts);

/** Opens the desk of the demo's plenary, once it has its questions. */
async function openDesk(size: { width?: number; height?: number } = {}) {
  const { page } = await people.open(`${hub.url}/demo/moderator`, { reducedMotion: 'reduce', ...size });
  await page.getByTestId('moderated-question').first().waitFor();
  return { desk: page };
}

const picture = (desk: Page) => desk.getByTestId('on-screen').getByRole('img', { name: /projector shows/ });
const choice = (desk: Page, name: string) =>
  desk.getByRole('group', { name: 'What the projector shows' }).getByRole('button', { name, exact: true });
const shows = (page: Page, kind: string) => page.locator(`[data-testid=projector][data-shows=${kind}]`).waitFor();

describe('the desk of a moderator', () => {
  it.each([
    { width: 1280, height: 720 },
    { width: 1440, height: 900 },
    { width: 1920, height: 1080 },
  ])(
    'keeps what waits and what the audience sees in view at $width × $height; only columns scroll (WEB-84)',
    async (size) => {
      const { desk } = await openDesk(size);
      const parts = ['header h1', '[data-panel=waiting] h2', '[data-testid=on-screen]'];
      expect(await outOfView(desk, parts)).toEqual({ higher: 0, hidden: [] });
      await desk.getByRole('heading', { name: 'Stage' }).scrollIntoViewIfNeeded();
      await desk.getByTestId('moderated-poll').last().scrollIntoViewIfNeeded();
      await desk.locator('[data-panel=ranked]').getByTestId('moderated-question').last().scrollIntoViewIfNeeded();
      expect(await outOfView(desk, parts)).toEqual({ higher: 0, hidden: [] });
    },
    30_000,
  );

  it('shows the same as the projector, through everything that happens to questions and polls (WEB-80, WEB-40)', async () => {
    const { desk } = await openDesk();
    const hall = await people.open(`${hub.url}/present/ai-week/anniversary`);
    const both = (kind: string) => Promise.all([shows(desk, kind), shows(hall.page, kind)]);
    await both('question');

    const poll = desk
      .getByTestId('moderated-poll')
      .filter({ has: desk.getByRole('button', { name: 'Open', exact: true }) });
    await poll.first().getByRole('button', { name: 'Open', exact: true }).click();
    await desk.getByTestId('moderated-poll').getByRole('button', { name: 'Put on the projector' }).first().waitFor();
    await both('question');

    await choice(desk, 'Poll').click();
    await both('poll');
    await desk.getByText('Being answered now').waitFor();
    await desk.keyboard.press('d');
    await desk.getByText('Being answered now').waitFor({ state: 'detached' });
    await both('poll');

    await choice(desk, 'Nothing').click();
    await both('nothing');
    await desk.keyboard.press('z');
    await both('poll');
    expect(hall.complaints).toEqual([]);
  }, 60_000);

  it('chooses what the projector shows with the keyboard alone, and says so (WEB-85)', async () => {
    const { desk } = await openDesk();
    await desk.locator('[data-panel=ranked]').getByTestId('moderated-question').first().click();
    await desk.keyboard.press('s');
    await shows(desk, 'question');
    for (const [key, kind, words] of [
      ['4', 'top', 'The projector shows the most supported questions'],
      ['5', 'title', 'The projector shows the title and the code'],
      ['6', 'nothing', 'The projector shows nothing'],
    ] as const) {
      await desk.keyboard.press(key);
      await shows(desk, kind);
      expect(await picture(desk).getAttribute('aria-label')).toBe(words);
    }
    await choice(desk, 'Title, code').focus();
    await desk.keyboard.press('Enter');
    await shows(desk, 'title');
    await until(
      'the choice said',
      async () => (await choice(desk, 'Title, code').getAttribute('aria-pressed')) === 'true',
    );
  }, 30_000);
});

/** Opens the desk as a moderator with a name. */
async function openDeskAs(name: string) {
  const { page } = await people.open(`${hub.url}/ai-week`, { reducedMotion: 'reduce' });
  await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      await fetch('/api/auth/demo', { method: 'POST', headers, body: JSON.stringify(body) });
    },
    { event: 'ai-week', role: 'moderator', name },
  );
  await page.goto(`${hub.url}/ai-week/s/anniversary/moderate`);
  await page.getByTestId('moderated-question').first().waitFor();
  return page;
}

const cardOf = (desk: Page, text: string) =>
  desk
    .locator('li')
    .filter({ has: desk.getByTestId('moderated-question') })
    .filter({ hasText: text });
const textOf = async (desk: Page) =>
  (await desk.getByTestId('moderated-question').first().locator('p').first().textContent())!;
const save = (desk: Page) => desk.getByRole('dialog').getByRole('button', { name: 'Save the note' }).click();

describe('several moderators at once', () => {
  it('see by name who else is at the desk, and no longer when they have left (MOD-21)', async () => {
    const [mo, nadia] = [await openDeskAs('Mo'), await openDeskAs('Nadia')];
    const others = (desk: Page, name: string) => desk.getByTestId('colleagues').filter({ hasText: name }).waitFor();
    await others(mo, 'Nadia');
    await others(nadia, 'Mo');
    await nadia.goto(`${hub.url}/ai-week/s/anniversary`);
    await mo.getByTestId('colleagues').waitFor({ state: 'detached' });
  }, 60_000);

  it('read each other’s notes, keep what they typed, and see when another one wrote meanwhile (MOD-23)', async () => {
    const [mo, nadia] = [await openDeskAs('Mo'), await openDeskAs('Nadia')];
    const text = await textOf(mo);
    await cardOf(mo, text).getByTestId('moderated-question').click();
    await mo.keyboard.press('n');
    await mo.keyboard.type('Ask the minister first');
    await mo.keyboard.press('Escape');
    await mo.reload();
    await cardOf(mo, text).getByTestId('moderated-question').click();
    await mo.keyboard.press('n');
    expect(await mo.getByRole('dialog').getByRole('textbox').inputValue()).toBe('Ask the minister first');

    await cardOf(nadia, text).getByRole('button', { name: 'More' }).click();
    await nadia.getByRole('menuitem', { name: 'Note for moderators' }).click();
    await nadia.getByRole('dialog').getByRole('textbox').fill('The mayor answers this');
    await save(nadia);
    await mo.getByTestId('note-overwritten').getByText('The mayor answers this').waitFor();
    await mo.getByRole('button', { name: 'Replace it with mine' }).click();
    await cardOf(nadia, text).getByTestId('question-note').getByText('Ask the minister first').waitFor();
    expect(await nadia.getByTestId('question-note').count()).toBe(1);
  }, 60_000);

  it('see that a person is muted on all of their questions, and undo it there (AUTH-33)', async () => {
    const [mo, nadia] = [await openDeskAs('Mo'), await openDeskAs('Nadia')];
    const session = (await hub.database.query<{ id: string }>(`SELECT id FROM session WHERE slug = 'anniversary'`))[0]!;
    const actor = await hub.make.actor({
      role: 'attendee',
      name: 'Loud Lou',
      event_id: (await hub.database.query<{ id: string }>(`SELECT id FROM event WHERE slug = 'ai-week'`))[0]!.id,
    });
    const { token } = await hub.sign(actor.id);
    const lou = createClient({ url: hub.url, token: () => token });
    lou.connect();
    for (const text of ['Why is nobody listening to me?', 'Who hears what I say here at all?'])
      await lou.request('question:ask', { id: randomUUID(), sessionId: session.id, text });
    lou.close();
    const first = cardOf(mo, 'Why is nobody listening to me?');
    await first.getByRole('button', { name: 'More' }).click();
    await mo.getByRole('menuitem', { name: 'Mute the author' }).click();
    await mo.getByRole('dialog').getByRole('textbox').fill('shouting');
    await mo.getByRole('dialog').getByRole('button', { name: 'Mute the author' }).click();
    await until('the mark on both', async () => (await nadia.getByTestId('mark-mute').count()) === 2);
    await nadia.getByTestId('mark-mute').first().getByText('shouting').waitFor();
    expect(await seriousProblems(nadia)).toEqual([]);
    await nadia.getByTestId('mark-mute').last().getByRole('button', { name: 'Unmute the author' }).click();
    for (const desk of [mo, nadia])
      await until('no mark', async () => (await desk.getByTestId('mark-mute').count()) === 0);
  }, 60_000);

  it('decide on new words with the keyboard: W goes to them, A approves and R rejects (MOD-24)', async () => {
    const desk = await openDeskAs('Mo');
    const asked = await hub.database.query<{ id: string }>(
      `SELECT q.id FROM question q JOIN session s ON s.id = q.session_id WHERE s.slug = 'anniversary' AND q.state = 'approved' ORDER BY q.id LIMIT 2`,
    );
    for (const [index, { id }] of asked.entries()) await reword(id, `Other words, number ${index}?`);
    await until('both revisions', async () => (await desk.getByTestId('revised-question').count()) === 2);
    const stateOf = async () =>
      (
        await hub.database.query<{ state: string }>(
          `SELECT revision ->> 'state' AS state FROM question WHERE id = ANY ($1) ORDER BY id`,
          [asked.map(({ id }) => id)],
        )
      ).map(({ state }) => state);
    await desk.keyboard.press('?');
    await desk.getByText('New words of approved questions: A approves').waitFor();
    await desk.keyboard.press('Escape');
    await desk.keyboard.press('w');
    await desk.keyboard.press('a');
    await until('the first approved', async () => (await desk.getByTestId('revised-question').count()) === 1);
    await desk.keyboard.press('r');
    await desk.getByTestId('revised-question').waitFor({ state: 'detached' });
    expect((await stateOf()).sort()).toEqual(['approved', 'rejected']);
  }, 60_000);
});

/** Its author edits a question so that a revision waits for a moderator, and the others see it. */
async function reword(questionId: string, text: string) {
  const [row] = await hub.database.query<{ author: string }>('SELECT author_id AS author FROM question WHERE id = $1', [
    questionId,
  ]);
  const { token } = await hub.sign(row!.author);
  const client = createClient({ url: hub.url, token: () => token });
  client.connect();
  await client.request('question:edit', { questionId, text });
  client.close();
}

describe('desks on two nodes', () => {
  it('no longer show who was on a node that was killed (MOD-21)', async () => {
    const twoNodes = await startHubProcesses({ nodes: 2 });
    try {
      const [session] = await twoNodes.database.query<{ id: string; event_id: string }>(
        `SELECT id, event_id FROM session WHERE slug = 'anniversary'`,
      );
      const openOn = async (name: string, { url }: { url: string }) => {
        const { id } = await twoNodes.make.actor({ role: 'moderator', name, event_id: session!.event_id });
        const { token } = await twoNodes.sign(id);
        const client = createClient({ url, token: () => token });
        client.connect();
        return { client, feed: client.session(session!.id, { desk: true }) };
      };
      const [here, there] = twoNodes.nodes;
      const [mo, nadia] = [await openOn('Mo', here!), await openOn('Nadia', there!)];
      const others = () => mo.feed.getSnapshot().desk.others.map(({ name }) => name);
      await until('Nadia at the desk', () => others().includes('Nadia'), 15_000);
      await there!.stop('SIGKILL');
      await until('nobody else', () => others().length === 0, 15_000);
      for (const { client } of [mo, nadia]) client.close();
    } finally {
      await twoNodes.close();
    }
  }, 120_000);
});
