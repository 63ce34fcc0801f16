import { type Browser } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { startLiveKit, type TestLiveKit } from '../support/servers/livekit.js';
import {
  disturb,
  goOnAir,
  movingPictures,
  openWithTone,
  PATIENCE,
  tonesHeard,
} from '../support/streams/stream-people.js';
import { until } from '../support/until.js';
import { type Visitor, visitors } from '../support/browser/visitors.js';

const SESSION = '/ai-week/s/anniversary';
const SPEAK = `${SESSION}/speak`;
/** One tone each, far from the others' overtones. */
const TONES = { ines: 440, bram: 620, elif: 910 } as const;
const ALL = Object.values(TONES);

let livekit: TestLiveKit;
let hub: HubProcesses;
let browser: Browser;
let people: ReturnType<typeof visitors>;
let ines: Visitor, bram: Visitor, elif: Visitor, viewer: Visitor;

beforeAll(async () => {
  livekit = await startLiveKit();
  hub = await startHubProcesses({ env: livekit.env });
  browser = await launchChromium();
  people = visitors(browser);
}, 240_000);

afterAll(async () => {
  await people?.close();
  await Promise.allSettled([browser?.close(), hub?.close()]);
  await livekit?.stop();
}, 150_000);

/** The page of a person of this role on stage. */
async function onStage(role: 'speaker' | 'moderator' | 'organiser', tone: number): Promise<Visitor> {
  const visitor = await openWithTone(people, `${hub.url}/demo/${role}`, tone);
  await visitor.page.waitForURL(/ai-week/);
  await visitor.page.goto(hub.url + SPEAK);
  await goOnAir(visitor.page);
  return visitor;
}

const heardBy = ({ page }: Visitor, tones: readonly number[]) =>
  until(
    `the tones ${tones.join(', ')}`,
    async () => JSON.stringify(await tonesHeard(page, ALL)) === JSON.stringify(tones),
    PATIENCE,
  );

describe('three people on air', () => {
  it('lets each see and hear the other two, and nobody themselves (STR-38)', async () => {
    ines = await onStage('speaker', TONES.ines);
    bram = await onStage('moderator', TONES.bram);
    elif = await onStage('organiser', TONES.elif);
    await heardBy(ines, [TONES.bram, TONES.elif]);
    await heardBy(bram, [TONES.ines, TONES.elif]);
    await heardBy(elif, [TONES.ines, TONES.bram]);
    for (const { page } of [ines, bram, elif]) {
      await page.getByText(/^You hear .+ and .+\. You do not hear yourself\.$/).waitFor();
      const pictures = page.getByRole('region', { name: 'On air with you' }).getByTestId('stream-video');
      await until('the other two', async () => (await pictures.count()) === 2, PATIENCE);
      // the other two, and their own mirror
      await until('moving pictures', async () => (await movingPictures(page)) === 3, PATIENCE);
    }
  }, 240_000);

  it('lets the audience see and hear all three (STR-1)', async () => {
    viewer = await people.open(hub.url + SESSION);
    viewer.page.setDefaultTimeout(PATIENCE);
    await viewer.page.getByRole('button', { name: 'Watch now' }).click();
    await heardBy(viewer, ALL);
    await until('three pictures', async () => (await movingPictures(viewer.page)) === 3, PATIENCE);
  }, 150_000);

  it('shows a person on stage the view of the audience, including themselves, on request (STR-38)', async () => {
    const { page } = ines;
    await page.getByRole('button', { name: 'As the audience sees it' }).click();
    const pictures = page.getByRole('region', { name: 'On air with you' }).getByTestId('stream-video');
    await until('all three', async () => (await pictures.count()) === 3, PATIENCE);
    expect(await tonesHeard(page, ALL)).toEqual([TONES.bram, TONES.elif]);
    await page.getByRole('button', { name: 'As the audience sees it' }).click();
    await until('the other two', async () => (await pictures.count()) === 2, PATIENCE);
  }, 150_000);
});

describe('a device that is removed while its person is on air', () => {
  it('says at once that nobody hears them, and others do not (STR-35, STR-36)', async () => {
    const { page } = ines;
    await disturb(page, 'audio', 'ended');
    await page.getByRole('heading', { name: 'Everybody sees you, nobody hears you' }).waitFor();
    await page
      .getByRole('alert')
      .getByText(/Your microphone has stopped/)
      .waitFor();
    await heardBy(bram, [TONES.elif]);
  }, 150_000);

  it('offers another device in its place, and is heard again with it (STR-36)', async () => {
    const { page } = ines;
    await page
      .getByRole('alert')
      .getByRole('button', { name: /^Use .*Fake/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Everybody sees and hears you' }).waitFor();
    await heardBy(bram, [TONES.ines, TONES.elif]);
  }, 150_000);

  it('distinguishes a camera that the system blocks from one that was switched off (STR-35)', async () => {
    const { page } = ines;
    await disturb(page, 'video', 'mute');
    await page.getByRole('heading', { name: 'Everybody hears you, nobody sees you' }).waitFor();
    await page.getByRole('button', { name: 'Camera is blocked' }).waitFor();
    await disturb(page, 'video', 'unmute');
    await page.getByRole('heading', { name: 'Everybody sees and hears you' }).waitFor();
    await page.getByRole('button', { name: 'Camera is on' }).click();
    await page.getByRole('button', { name: 'Camera is off' }).waitFor();
    await expect(page.getByText(/Your camera (sends no picture|has stopped)/).count()).resolves.toBe(0);
  }, 150_000);

  it('says that nobody is on air at the moment once all have left (STR-39)', async () => {
    for (const { page } of [ines, bram, elif]) await page.getByRole('button', { name: 'Go off air' }).click();
    await viewer.page.getByRole('region', { name: 'Stream' }).getByText('Nobody is on air at the moment').waitFor();
  }, 150_000);

  it('makes no page complain (WEB-1)', () => {
    expect([ines, bram, elif, viewer].flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
