import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

let hub: HubProcesses;
let browser: Browser;
let people: ReturnType<typeof visitors>;

beforeAll(async () => {
  hub = await startHubProcesses({ nodes: 2 });
  browser = await launchChromium();
  people = visitors(browser);
}, 120_000);

afterEach(() => people.close());
afterAll(() => Promise.allSettled([browser?.close(), hub?.close()]), 60_000);

const STILL = { reducedMotion: 'reduce' } as const;

/** The desk of the demo's plenary on one node, and its speaker's page on the other. */
async function open() {
  const [first, second] = hub.nodes;
  const { page: desk, complaints: deskComplaints } = await people.open(`${first!.url}/demo/moderator`, STILL);
  const { page: stage, complaints } = await people.open(`${second!.url}/demo/speaker`, STILL);
  await desk.getByTestId('moderated-question').first().waitFor();
  await desk.getByRole('button', { name: 'More messages' }).click();
  await onScreen(stage).waitFor();
  await confirmAll(stage);
  const isOurs = (complaint: string) => !complaint.includes('503'); // there is no LiveKit here
  return { desk, stage, complaints: () => [...deskComplaints, ...complaints].filter(isOurs) };
}

/** What the announcer says of it stands elsewhere on the page. */
const sent = (desk: Page) => desk.getByRole('list', { name: 'Messages sent' });
const row = (stage: Page) => stage.getByRole('region', { name: 'Messages from the moderator' });
/** Each page of the demo is another speaker, who sees what was sent in the minutes before. */
async function confirmAll(stage: Page) {
  const seen = row(stage).getByRole('button', { name: 'OK, seen' });
  if ((await seen.count()) > 0) await seen.click();
  await row(stage).getByText('No message from the moderator').waitFor();
}
const onScreen = (stage: Page) => stage.getByRole('region', { name: 'On screen now' });
const textOf = async (stage: Page) => (await onScreen(stage).locator('bdi').first().textContent()) ?? '';
const allow = (desk: Page) => desk.getByRole('checkbox', { name: /^Speakers may mark/ });

/** Counts what the page plays; it has no other way to make a sound. */
const listenForSound = (page: Page) =>
  page.evaluate(() => {
    const { HTMLMediaElement, AudioContext } = globalThis as unknown as Record<string, { prototype: object }>;
    const sounds: string[] = [];
    Object.assign(globalThis, { sounds });
    const watch = (prototype: object, name: string) => {
      const original = Reflect.get(prototype, name) as (...args: unknown[]) => unknown;
      Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
        sounds.push(name);
        return original.apply(this, args);
      });
    };
    watch(HTMLMediaElement!.prototype, 'play');
    watch(AudioContext!.prototype, 'createOscillator');
    watch(AudioContext!.prototype, 'createBufferSource');
  });

describe('a silent message to the speakers', () => {
  it('is large on the speaker’s page until it is confirmed, moves nothing, and the desk says that it was seen (WEB-176, MOD-34)', async () => {
    const { desk, stage, complaints } = await open();
    const { page: attendee } = await people.open(`${hub.url}/demo/attendee`, STILL);
    const { page: hall } = await people.open(`${hub.url}/present/ai-week/anniversary`, STILL);
    await row(stage).getByText('No message from the moderator').waitFor();
    await listenForSound(stage);
    const before = await onScreen(stage).boundingBox();

    await desk.getByRole('button', { name: '2 minutes left' }).click();
    const message = row(stage).getByText('2 minutes left');
    await message.waitFor();
    const size = await message.evaluate((element) => {
      const { getComputedStyle } = globalThis as unknown as { getComputedStyle(of: unknown): { fontSize: string } };
      return parseFloat(getComputedStyle(element).fontSize);
    });
    expect(size).toBeGreaterThanOrEqual(28);
    await until('it is announced', async () =>
      (await stage.getByRole('status').allTextContents()).join().includes('Message from the moderator: 2 minutes left'),
    );
    expect(await onScreen(stage).boundingBox()).toEqual(before);
    expect(await stage.evaluate(() => (globalThis as unknown as { sounds: string[] }).sounds)).toEqual([]);
    await desk.getByText('Not seen yet').waitFor();

    await row(stage).getByRole('button', { name: 'OK, seen' }).click();
    await row(stage).getByText('No message from the moderator').waitFor();
    await sent(desk)
      .getByText(/^Seen by .+\d\d:\d\d/)
      .waitFor();
    expect(await onScreen(stage).boundingBox()).toEqual(before);
    for (const page of [attendee, hall]) expect(await page.getByText('2 minutes left').count()).toBe(0);
    expect(complaints()).toEqual([]);
  }, 60_000);

  it('in own words is sent with the keyboard, kept over a reload, and gone when it is withdrawn (WEB-177, MOD-35)', async () => {
    const { desk, stage } = await open();
    const words = 'Please name the hospital';
    const field = desk.getByRole('textbox', { name: /^Own words/ });
    await field.fill(words);
    await field.press('Enter');
    await until('the field is empty', async () => (await field.inputValue()) === '');
    await row(stage).getByText(words).waitFor();
    await stage.reload();
    await row(stage).getByText(words).waitFor();
    await desk.getByRole('button', { name: new RegExp(`^Withdraw .*${words}`) }).click();
    await row(stage).getByText('No message from the moderator').waitFor();
    await desk.getByText('Withdrawn').first().waitFor();
  }, 60_000);

  it('that was confirmed stays confirmed after a reload; one that was not is still there (WEB-176, MOD-34)', async () => {
    const { desk, stage } = await open();
    await desk.getByRole('button', { name: '1 minute left' }).click();
    await row(stage).getByText('1 minute left').waitFor();
    await row(stage).getByRole('button', { name: 'OK, seen' }).press('Enter');
    await desk
      .getByText(/^Seen by/)
      .first()
      .waitFor();
    await desk.getByRole('button', { name: 'A little slower, please' }).click();
    await row(stage).getByText('A little slower, please').waitFor();
    await stage.reload();
    await row(stage).getByText('A little slower, please').waitFor();
    expect(await row(stage).getByText('1 minute left').count()).toBe(0);
  }, 60_000);
});

describe('a speaker who takes the questions', () => {
  it('answers and takes the next where the desk allows it, and the moderator undoes it (WEB-175, MOD-31, MOD-32)', async () => {
    const { desk, stage, complaints } = await open();
    const next = onScreen(stage).getByRole('button', { name: 'Show the next one' });
    const first = await until('the question on screen', () => textOf(stage));
    expect(await next.count()).toBe(0);
    await allow(desk).check();
    await next.click();
    await until('another question on screen', async () => (await textOf(stage)) !== first);
    const told = desk.getByRole('listitem').filter({ hasText: 'took the next question' });
    await told.getByRole('button', { name: 'Undo' }).click();
    await until('the first one again', async () => (await textOf(stage)) === first);
    await onScreen(stage).getByRole('button', { name: 'Answered' }).click();
    await onScreen(stage).getByText('No question is on screen').waitFor();
    await desk.getByText('marked as answered').waitFor();
    await allow(desk).uncheck();
    await next.waitFor({ state: 'detached' });
    expect(complaints()).toEqual([]);
  }, 60_000);
});
