import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { type Browser } from 'playwright-core';
import { SignJWT } from 'jose';
import { type Event } from '#libs/contract/programme';
import { RoomAdmin } from '#libs/livekit/room-admin';
import { type StageMessage } from '../../apps/api/src/demo/stage/stage-messages.js';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { startLiveKit, type TestLiveKit } from '../support/servers/livekit.js';
import { streamPages } from '../support/streams/stream-page.js';
import { movingPictures } from '../support/streams/stream-people.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

const STAGE = resolve('dist/apps/api/src/demo/stage/stage-process.js');
const WITHOUT_PACKAGE = resolve('test/support/hub/without-rtc-node.mjs');
const SESSION = '/ai-week/s/anniversary';
const TEN_SECONDS = 10_000;

let livekit: TestLiveKit;
let browser: Browser;

beforeAll(async () => {
  livekit = await startLiveKit();
  browser = await launchChromium();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await livekit?.stop();
}, 60_000);

describe('the synthetic speaker of a demo', () => {
  let hub: HubProcesses;
  let people: ReturnType<typeof visitors>;
  let roomId: string;

  const isOnAir = async () => {
    const present = await new RoomAdmin(livekit).participants(roomId).catch(() => []);
    return present.some(({ sources }) => sources.includes('camera'));
  };

  beforeAll(async () => {
    await livekit.end();
    hub = await startHubProcesses({ env: { ...livekit.env, DEMO_STAGE: 'on' } });
    const { rooms } = (await (await fetch(`${hub.url}/api/events/ai-week`)).json()) as Pick<Event, 'rooms'>;
    roomId = rooms.find(({ kind }) => kind === 'plenary')!.id;
    people = visitors(browser);
  }, 120_000);

  afterAll(async () => {
    await people?.close();
    await hub?.close();
  }, 60_000);

  it('is on air within ten seconds of LiveKit being ready, and again after it came back (PROG-17)', async () => {
    for (let start = 0; start < 2; start++) {
      await livekit.restart();
      await until('a speaker on air', isOnAir, TEN_SECONDS);
    }
  }, 60_000);

  it('shows a moving picture of 720 lines, silent until its sound is turned on (PROG-17, STR-40)', async () => {
    const { page, complaints } = await people.open(hub.url + SESSION);
    await page.getByRole('button', { name: 'Watch now' }).click();
    await until('a moving picture', async () => (await movingPictures(page)) === 1, 20_000);
    const shape = await page.getByTestId('stream-video').evaluate((video) => {
      const { videoWidth, videoHeight } = video as unknown as { videoWidth: number; videoHeight: number };
      return [videoWidth, videoHeight];
    });
    expect(shape).toEqual([1280, 720]);
    const isSilent = () =>
      page
        .getByTestId('stream-audio')
        .evaluateAll((sounds) => sounds.every((sound) => (sound as unknown as { muted: boolean }).muted));
    await page.getByTestId('stream-audio').waitFor({ state: 'attached' });
    expect(await isSilent()).toBe(true);
    await page.getByRole('button', { name: 'Listen' }).click();
    await until('sound', async () => !(await isSilent()));
    expect(complaints).toEqual([]);
  }, 60_000);

  it('ends with the hub (PROG-18)', async () => {
    await hub.nodes[0]!.stop();
    await until('nobody on air', async () => !(await isOnAir()), TEN_SECONDS);
  }, 60_000);
});

describe('a demo without the package of the synthetic speaker', () => {
  it('says on the page why nobody is on air (PROG-19)', async () => {
    const hub = await startHubProcesses({ env: { ...livekit.env, DEMO_STAGE: 'on' }, preload: [WITHOUT_PACKAGE] });
    const people = visitors(browser);
    try {
      const { page, complaints } = await people.open(hub.url + SESSION);
      await page.getByRole('button', { name: 'Watch now' }).click();
      await page.getByText(/optional package @livekit\/rtc-node is not installed/).waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await people.close();
      await hub.close();
    }
  }, 60_000);
});

describe('the process of the synthetic speaker', () => {
  let pages: Awaited<ReturnType<typeof streamPages>>;
  let child: ChildProcess;
  const messages: StageMessage[] = [];

  const tokenOf = (sub: string, video: object) =>
    new SignJWT({ video: { roomJoin: true, room: 'stage', canSubscribe: true, canPublish: false, ...video } })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(livekit.apiKey)
      .setSubject(sub)
      .setExpirationTime('10m')
      .sign(new TextEncoder().encode(livekit.apiSecret));
  const watch = async (name: string) => pages.join({ url: livekit.url, token: await tokenOf(name, { hidden: true }) });
  const lastSending = () => messages.findLast((message) => message.type === 'sending');
  const untilSending = (wanted: boolean) =>
    until(`sending: ${wanted}`, () => lastSending()?.isSending === wanted && lastSending());

  beforeAll(async () => {
    pages = await streamPages(browser);
    child = fork(STAGE, [], { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.on('message', (message) => messages.push(message as StageMessage));
    const token = await tokenOf('speaker', { canPublish: true });
    child.send({ url: livekit.url, token, event: 'Week', title: 'Plenary', timeZone: 'Europe/Brussels' });
    await until('the air', () => messages.some(({ type }) => type === 'on-air'));
  }, 60_000);

  afterAll(async () => {
    child?.kill();
    await pages?.close();
  }, 30_000);

  it('sends to viewers whom nobody sees, and not one frame while there are none (PROG-18)', async () => {
    expect(messages).toEqual([{ type: 'on-air' }]);
    const first = await watch('first');
    await untilSending(true);
    await until('the picture', () => first.played(), 15_000);
    await first.leave();
    const { frames } = await untilSending(false);
    expect(frames).toBeGreaterThan(1);

    const second = await watch('second');
    expect(await untilSending(true)).toEqual({ type: 'sending', isSending: true, frames: frames + 1 });
    await until('the picture again', () => second.played(), 15_000);
    await second.leave();
    await untilSending(false);
  }, 60_000);

  it('ends when its parent is gone (PROG-18)', async () => {
    const ended = new Promise((end) => child.once('exit', end));
    child.disconnect();
    expect(await ended).toBe(0);
  }, 30_000);
});
