import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { solveProof } from '#libs/client/solve-proof';
import { wireError } from '#libs/contract/errors';
import { browser } from '../../support/clients/cookie-client.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type Line, lines } from '../../support/clients/raw-connection.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);
/** One more than makes an address suspect, and two to spare. */
const FLOODERS = 33;

let hub: TestHub;
let event: { id: string; slug: string };
const open = lines();
beforeAll(async () => {
  hub = await startHub({ nodes: 2, env: { LIMITS: 'on', LIMIT_FACTOR: '0.1', TRUST_PROXY: '1' } });
  event = (await hub.make.event()) as unknown as typeof event;
}, 60_000);
afterAll(() => hub?.close(), 30_000);
afterEach(() => open.close());

async function guest(): Promise<string> {
  const { id } = await hub.make.actor({ event_id: event.id, kind: 'guest', role: 'guest' });
  return (await hub.sign(id)).token;
}

/** A connection from loopback, the venue of this test: the line and the hub's answer to who it is. */
async function enter(token: string, url: string): Promise<[Line, string]> {
  const line = await open.line(url);
  line.write(`40${JSON.stringify({ token })}`);
  return [line, await line.until(/^4[04]/)];
}

async function flood(token: string, url: string) {
  const [line] = await enter(token, url);
  for (let id = 0; id < 400; id++) line.write(`42${id}["session:leave",{"sessionId":"${event.id}"}]`);
  await line.closed;
}

const signIn = (address: string | undefined, proof?: object, url = hub.url) =>
  browser(url).post('/api/auth/guest', { event: event.slug, proof }, { 'x-forwarded-for': address });

describe('a laptop that floods from the address of a venue', () => {
  let flooders: string[];
  let known: string;
  beforeAll(async () => {
    known = await guest();
    flooders = await Promise.all(Array.from({ length: FLOODERS }, guest));
    await Promise.all(flooders.map((token, place) => flood(token, hub.nodes[place % 2]!.url)));
    await until('both nodes to have heard of it', async () => {
      const answers = await Promise.all(hub.nodes.map(({ url }) => signIn(undefined, undefined, url)));
      return answers.every(({ status }) => status === 403);
    });
  });

  it('comes in nowhere again (FEED-17)', async () => {
    for (const { url } of hub.nodes)
      for (const token of flooders.slice(0, 3)) expect((await enter(token, url))[1]).toContain('rate.limited');
  });

  it('keeps out nobody who is signed in there, however often it tries (FEED-40, FEED-17)', async () => {
    for (const { url } of hub.nodes) {
      await Promise.all(flooders.map((token) => enter(token, url)));
      expect((await enter(known, url))[1]).toContain('40{"sid"');
    }
  });

  it('lets newcomers of the address in for some work, and others without (FEED-40)', async () => {
    const refused = await signIn(undefined);
    const { code, challenge } = wireError.parse(refused.body.error);
    expect([refused.status, code]).toEqual([403, 'auth.proof_required']);
    expect(challenge!.bits).toBeGreaterThanOrEqual(20);
    const answer = await signIn(undefined, await solveProof(challenge!));
    expect(answer.status).toBe(200);
    const { token } = answer.body as { token: string };
    expect((await enter(token, hub.nodes[1]!.url))[1]).toContain('40{"sid"');
    expect((await signIn('198.51.100.7')).status).toBe(200);
  });
});
