import { type Browser } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { startLiveKit, type TestLiveKit } from '../support/servers/livekit.js';
import { goOnAir } from '../support/streams/stream-people.js';
import { type Visitor, visitors } from '../support/browser/visitors.js';

const HOST = 'plenum.test';
const SPEAK = '/ai-week/s/anniversary/speak';
const SET_UP = { name: 'Set up camera and microphone' } as const;

let livekit: TestLiveKit;
let hub: HubProcesses;
let browser: Browser;
let people: ReturnType<typeof visitors>;

beforeAll(async () => {
  livekit = await startLiveKit();
  hub = await startHubProcesses({ env: livekit.env, hosts: [HOST] });
  browser = await launchChromium([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`], { asksForDevices: true });
  people = visitors(browser);
}, 240_000);

afterAll(async () => {
  await people?.close();
  await Promise.allSettled([browser?.close(), hub?.close()]);
  await livekit?.stop();
}, 60_000);

async function speaker(url = hub.url): Promise<Visitor> {
  const visitor = await people.open(`${url}/demo/speaker`);
  await visitor.page.waitForURL(/ai-week/);
  await visitor.page.goto(url + SPEAK);
  return visitor;
}

/** As the person decides beside the address of the page. */
const allow = ({ context }: Visitor) => context.grantPermissions(['camera', 'microphone'], { origin: hub.url });

async function deny({ page, context }: Visitor): Promise<void> {
  const devtools = await context.newCDPSession(page);
  const { browserContextId } = (await devtools.send('Target.getTargetInfo')).targetInfo;
  for (const name of ['camera', 'microphone'])
    await devtools.send('Browser.setPermission', {
      permission: { name },
      setting: 'denied',
      origin: hub.url,
      browserContextId,
    });
  await devtools.detach();
}

describe('camera and microphone', () => {
  it('are told as refused, and work with the same button once they are allowed (STR-14, STR-41)', async () => {
    const visitor = await speaker();
    const { page } = visitor;
    await deny(visitor);
    await page.getByRole('button', SET_UP).click();
    await page
      .getByRole('alert')
      .getByText(/does not allow this page to use it/)
      .waitFor();
    await page.getByRole('heading', { name: 'You are not on air' }).waitFor();
    await allow(visitor);
    await goOnAir(page);
    expect(visitor.complaints).toEqual([]);
  }, 60_000);

  it('need https on another host than this machine, and the page says so (STR-37)', async () => {
    const { page } = await speaker(hub.url.replace('127.0.0.1', HOST));
    await page.getByRole('button', SET_UP).click();
    await page
      .getByRole('alert')
      .getByText(/only at addresses that begin with https/)
      .waitFor();
    await expect(page.getByText(/cannot be reached/).count()).resolves.toBe(0);
  }, 60_000);

  it('that are taken away in the middle are told at once (STR-35)', async () => {
    const visitor = await speaker();
    await allow(visitor);
    await goOnAir(visitor.page);
    await deny(visitor);
    await visitor.page.getByRole('heading', { name: 'Nobody sees or hears you' }).waitFor();
  }, 60_000);
});
