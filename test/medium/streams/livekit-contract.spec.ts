import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { RoomServiceClient } from 'livekit-server-sdk';
import { type Browser } from 'playwright-core';
import { grantsFor } from '#libs/livekit/grants';
import { isReachable } from '#libs/livekit/reachable';
import { RoomAdmin } from '#libs/livekit/room-admin';
import { signToken, TOKEN_SECONDS } from '#libs/livekit/token';
import { readWebhook, WebhookRefused } from '#libs/livekit/webhook';
import { launchChromium } from '../../support/browser/chromium.js';
import { freePort } from '../../support/servers/free-port.js';
import { startLiveKit, type TestLiveKit } from '../../support/servers/livekit.js';
import { type StreamPage, streamPages } from '../../support/streams/stream-page.js';
import { until } from '../../support/until.js';

interface Received {
  readonly body: Buffer;
  readonly authorization: string | undefined;
}

/** Keeps every webhook that the real server sends, byte by byte. */
async function listenForWebhooks(received: Received[]): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ body: Buffer.concat(chunks), authorization: request.headers.authorization });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('libs/livekit against the real server', () => {
  const received: Received[] = [];
  let webhooks: Server;
  let livekit: TestLiveKit;
  let browser: Browser;
  let pages: Awaited<ReturnType<typeof streamPages>>;
  let admin: RoomAdmin;

  beforeAll(async () => {
    webhooks = await listenForWebhooks(received);
    const webhookUrl = `http://127.0.0.1:${(webhooks.address() as AddressInfo).port}/`;
    [livekit, browser] = await Promise.all([startLiveKit({ webhookUrl }), launchChromium()]);
    pages = await streamPages(browser);
    admin = new RoomAdmin(livekit);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await pages?.close();
    await livekit?.stop();
    webhooks?.close();
  });

  const tokenOf = (room: string, identity: string, publish: boolean) =>
    signToken(livekit, { identity, grants: grantsFor(room, { publish }), ...(publish && { name: identity }) });
  const join = async (room: string, identity: string, publish: boolean) =>
    pages.join({ url: livekit.url, token: (await tokenOf(room, identity, publish)).token });

  /** The identities that LiveKit has told a page of. */
  const seen = async ({ page }: StreamPage) =>
    (await page.evaluate<string[]>('[...room.remoteParticipants.keys()]')).sort();

  it("signs a viewer's token with one room, ten minutes and explicitly nothing else (STR-3, STR-4, STR-21, SEC-62)", async () => {
    const { token, expiresAt } = await tokenOf('room-a', 'somebody:1', false);
    const { exp, nbf, ...claims } = decodeJwt(token);
    expect(claims).toEqual({
      iss: livekit.apiKey,
      sub: 'somebody:1',
      video: {
        room: 'room-a',
        roomJoin: true,
        canSubscribe: true,
        canPublish: false,
        canPublishData: false,
        canUpdateOwnMetadata: false,
        roomAdmin: false,
        roomCreate: false,
        roomList: false,
        roomRecord: false,
        ingressAdmin: false,
        hidden: true,
        recorder: false,
      },
    });
    expect(exp! - nbf!).toBe(TOKEN_SECONDS);
    expect(Math.abs(expiresAt.getTime() - exp! * 1000)).toBeLessThanOrEqual(1000);
  });

  it("carries a publisher's name and sources, and no metadata (STR-4)", async () => {
    const { token } = await tokenOf('room-a', 'speaker', true);
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      name: 'speaker',
      video: {
        canPublish: true,
        canPublishData: false,
        hidden: false,
        canPublishSources: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
      },
    });
    expect(claims).not.toHaveProperty('metadata');
    expect(claims).not.toHaveProperty('attributes');
  });

  it('brings a moving picture from a publisher to a viewer, who cannot publish (STR-3)', async () => {
    const speaker = await join('room-b', 'speaker', true);
    const viewer = await join('room-b', 'viewer:1', false);
    expect(await speaker.publish()).toBeNull();
    const before = await until('video that plays', () => viewer.played(), 20_000);
    await until('more of it', async () => (await viewer.played()) > before);
    expect(await viewer.publish()).toMatch(/permission/i);

    const present = await admin.participants('room-b');
    expect(present.find(({ identity }) => identity === 'speaker')).toMatchObject({
      name: 'speaker',
      canPublish: true,
      sources: expect.arrayContaining(['camera', 'microphone']),
    });
    expect(present.find(({ identity }) => identity === 'viewer:1')).toMatchObject({ canPublish: false, sources: [] });
    expect(await admin.rooms()).toContain('room-b');
    await Promise.all([speaker.leave(), viewer.leave()]);
  }, 60_000);

  it('takes the right to publish away at once, and leaves the right to watch (STR-11)', async () => {
    const speaker = await join('room-c', 'speaker', true);
    expect(await speaker.publish()).toBeNull();
    await admin.setPublishing('room-c', 'speaker', []);
    await until('nothing is sent', async () => (await speaker.sends()) === 0);
    expect(await speaker.publish()).toMatch(/permission/i);
    await until('LiveKit to list it', async () => {
      const [present] = await admin.participants('room-c');
      return present?.canPublish === false && present.sources.length === 0;
    });
    expect(await speaker.page.evaluate('room.localParticipant.permissions.canSubscribe')).toBe(true);
    await speaker.leave();
  }, 60_000);

  it('closes the connection of a removed participant; an absent one is not a failure (STR-11)', async () => {
    const viewer = await join('room-d', 'viewer:1', false);
    await admin.remove('room-d', 'viewer:1');
    expect(await until('the end', () => viewer.ended())).toBe(4);
    await admin.remove('room-d', 'viewer:1');
    await admin.setPublishing('room-d', 'nobody', []);
    expect(await admin.participants('no-such-room')).toEqual([]);
    await viewer.leave();
  }, 60_000);

  it('shows hidden viewers to nobody, in any order of joining, and lists them to the hub (STR-21)', async () => {
    const early = await join('room-g', 'viewer:early', false);
    const speaker = await join('room-g', 'speaker', true);
    const late = await join('room-g', 'viewer:late', false);
    expect((await admin.participants('room-g')).map(({ identity }) => identity).sort()).toEqual([
      'speaker',
      'viewer:early',
      'viewer:late',
    ]);
    await late.leave();
    await until('the hub to see them go', async () => (await admin.participants('room-g')).length === 2);
    // Changes arrive in batches; a participant that sees the last one has received all before it.
    const last = await join('room-g', 'last', true);
    const both = ['last', 'speaker'];
    await until('the viewer to see the last one', async () => (await seen(early)).includes('last'));
    await until('the speaker to see the last one', async () => (await seen(speaker)).includes('last'));
    expect([await seen(early), await seen(speaker), await seen(last)]).toEqual([both, ['last'], ['speaker']]);
    await Promise.all([early, speaker, last].map((page) => page.leave()));
  }, 60_000);

  it('informs nobody that a visible participant becomes hidden, which is why going off air is another join (STR-24)', async () => {
    const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret);
    const viewer = await join('room-h', 'viewer:1', false);
    const speaker = await join('room-h', 'speaker', true);
    await until('the viewer to see the speaker', async () => (await seen(viewer)).includes('speaker'));
    const permission = { canSubscribe: true, canPublish: false, canPublishData: false, hidden: true };
    await client.updateParticipant('room-h', 'speaker', { permission });
    await speaker.leave();
    await until('the hub to see them go', async () => (await admin.participants('room-h')).length === 1);
    const last = await join('room-h', 'last', true);
    await until('the viewer to see the last one', async () => (await seen(viewer)).includes('last'));
    expect(await seen(viewer)).toEqual(['last', 'speaker']);
    await Promise.all([viewer.leave(), last.leave()]);
  }, 60_000);

  it('counts hidden viewers among the most participants of a room (STR-21)', async () => {
    const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret);
    await client.createRoom({ name: 'room-i', maxParticipants: 1 });
    const viewer = await join('room-i', 'viewer:1', false);
    await expect(join('room-i', 'viewer:2', false)).rejects.toThrow();
    await viewer.leave();
  }, 60_000);

  it('informs a connection that it is replaced by another window before it closes it (STR-5)', async () => {
    const speaker = await join('room-j', 'speaker', true);
    expect(await speaker.publish()).toBeNull();
    await admin.replace('room-j', 'speaker');
    expect(await until('the end', () => speaker.ended())).toBe(4);
    expect(await speaker.page.evaluate('room.localParticipant.attributes')).toEqual({ 'plenum.ended': 'elsewhere' });
    await admin.replace('room-j', 'speaker');
    await speaker.leave();
  }, 60_000);

  it('ends the older of two connections with one identity, which is why every token has its own (STR-5)', async () => {
    const first = await join('room-e', 'speaker', true);
    const second = await join('room-e', 'speaker', true);
    expect(await until('the end of the first', () => first.ended())).toBe(2);
    expect(await second.ended()).toBeNull();
    await Promise.all([first.leave(), second.leave()]);
  }, 60_000);

  it('reads what the real server signed, also of hidden viewers, and nothing that was changed (STR-8, STR-21, SEC-66)', async () => {
    const viewer = await join('room-f', 'viewer:1', false);
    await viewer.leave();
    const read = (one: Received) => readWebhook(livekit, one.body, one.authorization);
    const joined = await until('a webhook', async () => {
      for (const one of received) {
        const { event, roomName } = await read(one);
        if (event === 'participant_joined' && roomName === 'room-f') return one;
      }
      return null;
    });
    expect(await read(joined)).toMatchObject({ identity: 'viewer:1', canPublish: false, id: expect.any(String) });
    await until('the webhook of a hidden viewer who left', async () => {
      const all = await Promise.all(received.map(read));
      return all.some(({ event, roomName }) => event === 'participant_left' && roomName === 'room-f');
    });

    const { body, authorization } = joined;
    const written = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1));
    const changed = Buffer.from(body.toString().replace('viewer:1', 'viewer:2'));
    const strangers = { ...livekit, apiSecret: 'another-secret-that-is-long-enough-too' };
    await expect(readWebhook(livekit, written, authorization)).rejects.toThrow(WebhookRefused);
    await expect(readWebhook(livekit, changed, authorization)).rejects.toThrow(WebhookRefused);
    await expect(readWebhook(livekit, body, undefined)).rejects.toThrow(WebhookRefused);
    await expect(readWebhook(strangers, body, authorization)).rejects.toThrow(WebhookRefused);
    await expect(readWebhook({ ...livekit, apiKey: 'other' }, body, authorization)).rejects.toThrow(WebhookRefused);
  }, 60_000);

  it('gives up within seconds when no server answers (STR-15)', async () => {
    const url = `ws://127.0.0.1:${await freePort()}`;
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const silentUrl = `ws://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await isReachable(livekit.url)).toBe(true);
    expect(await isReachable(url)).toBe(false);
    const began = Date.now();
    await expect(new RoomAdmin({ ...livekit, url }).rooms()).rejects.toThrow();
    await expect(new RoomAdmin({ ...livekit, url: silentUrl }).rooms()).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(6_000);
    silent.closeAllConnections();
    silent.close();
  }, 20_000);
});
