import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { type StreamToken } from '#libs/contract/stream';
import { StreamIdentities } from '../../../apps/api/src/streams/stream-identity.js';
import { launchChromium } from '../browser/chromium.js';
import { freePort } from '../servers/free-port.js';
import { type HubOptions, startHub } from '../hub/hub.js';
import { startLiveKit } from '../servers/livekit.js';
import { streamPages } from './stream-page.js';

/** A hub with a real LiveKit, whose webhooks reach its first node, and a browser that joins streams. */
export async function startStreamFixture(options: Pick<HubOptions, 'nodes'> = {}) {
  const port = await freePort();
  const livekit = await startLiveKit({ webhookUrl: `http://127.0.0.1:${port}/api/livekit/webhook` });
  const [hub, browser] = await Promise.all([startHub({ ...options, env: livekit.env, port }), launchChromium()]);
  const pages = await streamPages(browser);

  const call = (path: string, token: string | null, init: RequestInit = {}, url = hub.url) =>
    fetch(`${url}/api${path}`, {
      ...init,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        'content-type': 'application/json',
        ...init.headers,
      },
    });
  const ask = (token: string | null, roomId: string, body?: object) =>
    call(`/rooms/${roomId}/token`, token, { method: 'POST', ...(body && { body: JSON.stringify(body) }) });

  return {
    /** The content of a LiveKit identity, which only the hub can read. */
    identities: hub.app.get(StreamIdentities),
    livekit,
    hub,
    pages,
    call,
    ask,
    signedIn: async (overrides: Record<string, unknown>) => {
      const actor = await hub.make.actor(overrides);
      return { id: actor.id, token: (await hub.sign(actor.id)).token };
    },
    tokenFor: async (token: string, roomId: string, body?: object) =>
      (await (await ask(token, roomId, body)).json()) as StreamToken,
    /** A webhook as LiveKit would sign it; `send` may send something else with its signature. */
    signedWebhook: async (event: object, signing: { secret?: string; age?: number } = {}) => {
      const body = JSON.stringify(event);
      const authorization = await signWebhook(body, { ...livekit, ...signing });
      const send = (sent = body, headers: Record<string, string> = { authorization }) =>
        fetch(`${hub.url}/api/livekit/webhook`, {
          method: 'POST',
          headers: { 'content-type': 'application/webhook+json', ...headers },
          body: sent,
        });
      return { body, send };
    },
    close: async () => {
      await browser.close();
      await pages.close();
      await hub.close();
      await livekit.stop();
    },
  };
}
export type StreamFixture = Awaited<ReturnType<typeof startStreamFixture>>;

async function signWebhook(
  body: string,
  {
    apiKey,
    apiSecret,
    secret = apiSecret,
    age = 0,
  }: { apiKey: string; apiSecret: string; secret?: string; age?: number },
): Promise<string> {
  const now = Math.floor(Date.now() / 1000) - age;
  return new SignJWT({ sha256: createHash('sha256').update(body).digest('base64') })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(apiKey)
    .setNotBefore(now)
    .setExpirationTime(now + 300)
    .sign(new TextEncoder().encode(secret));
}
