import { type Browser } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { startLiveKit, type TestLiveKit } from '../support/servers/livekit.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

let livekit: TestLiveKit;
let hub: HubProcesses;
let browser: Browser;
let people: ReturnType<typeof visitors>;

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
}, 60_000);

describe('a workshop', () => {
  it('lets everybody who takes part be seen and heard, and shows them side by side (STR-2, STR-13)', async () => {
    const [first, second, listener] = await Promise.all(
      [0, 1, 2].map(() => people.open(`${hub.url}/ai-week/s/trustworthy-ai`)),
    );
    for (const { page } of [first!, second!]) {
      await page.getByRole('button', { name: 'Watch now' }).click();
      await page.getByRole('button', { name: 'Set up camera and microphone' }).click();
      await page.getByRole('button', { name: 'Go on air' }).click();
      await page.getByRole('heading', { name: 'Everybody sees and hears you' }).waitFor();
    }
    const { page } = listener!;
    await page.getByRole('button', { name: 'Watch now' }).click();
    await until('both pictures', async () => (await page.getByTestId('stream-video').count()) === 2, 20_000);
    await first!.page.getByRole('button', { name: 'Go off air' }).click();
    await until('one picture', async () => (await page.getByTestId('stream-video').count()) === 1, 20_000);
  }, 90_000);

  it('is watched only by those who are not signed in: nobody asks them for a camera (STR-2)', async () => {
    const { page } = await people.open(`${hub.url}/ai-week/s/trustworthy-ai`);
    await page.getByRole('button', { name: 'Watch now' }).waitFor();
    await expect(page.getByRole('button', { name: 'Set up camera and microphone' }).count()).resolves.toBe(0);
  }, 30_000);
});
