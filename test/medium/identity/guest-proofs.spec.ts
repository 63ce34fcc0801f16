import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { solveProof } from '#libs/client/solve-proof';
import { type ProofChallenge, wireError } from '#libs/contract/errors';
import { browser } from '../../support/clients/cookie-client.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({ nodes: 2, env: { LIMITS: 'on', ADDRESS_LIMIT_FACTOR: '0.1', TRUST_PROXY: '1' } });
}, 60_000);
afterAll(() => hub?.close());

const eventWithProof = (more: object = {}) => hub.make.event({ guest_proof: true, ...more });
const guestsOf = async (eventId: unknown) =>
  (await hub.database.query(`SELECT id FROM actor WHERE event_id = $1`, [eventId])).length;
type Page = ReturnType<typeof browser>;
let addresses = 0;
/** Each call comes from a separate address by default. */
const signIn = (page: Page, event: unknown, proof?: object, address = `192.0.2.${++addresses}`) =>
  page.post('/api/auth/guest', { event, proof }, { 'x-forwarded-for': address });

/** The challenge of a refusal. */
async function challenged(page: Page, event: unknown, proof?: object, address?: string): Promise<ProofChallenge> {
  const { status, body } = await signIn(page, event, proof, address);
  const { code, challenge } = wireError.parse(body.error);
  expect([status, code]).toEqual([403, 'auth.proof_required']);
  return challenge!;
}

describe('a new guest of an event that asks for work', () => {
  it('gets in with the work of the challenge, once, on whichever node (AUTH-23)', async () => {
    const { slug, id } = await eventWithProof();
    const page = browser(hub.url);
    const challenge = await challenged(page, slug);
    expect(challenge.bits).toBe(16);
    expect(await guestsOf(id)).toBe(0);
    const proof = await solveProof(challenge);
    const pages = Array.from({ length: 6 }, (_, n) => browser(hub.nodes[n % 2]!.url));
    const answers = await Promise.all(pages.map((other) => signIn(other, slug, proof)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403, 403]);
    expect((await challenged(page, slug, proof)).token).not.toBe(challenge.token);
    expect(await guestsOf(id)).toBe(1);
  });

  it('is refused with the challenge of another event, without the work, and with one made up (AUTH-23)', async () => {
    const [one, other] = [await eventWithProof(), await eventWithProof()];
    const page = browser(hub.url);
    const proof = await solveProof(await challenged(page, one.slug));
    await challenged(page, other.slug, proof);
    await challenged(page, one.slug, { token: (await challenged(page, one.slug)).token, nonce: '0' });
    await challenged(page, one.slug, { token: 'A'.repeat(39), nonce: '0' });
    expect((await signIn(page, one.slug, { token: 7, nonce: '' })).body.error.code).toBe('request.invalid');
    expect((await signIn(page, one.slug, proof)).status).toBe(200);
  });

  it('shows no work who is a guest already, by session or by device (AUTH-23, AUTH-22)', async () => {
    const { slug, id } = await eventWithProof({ guest_devices: true });
    const page = browser(hub.url);
    const { body } = await signIn(page, slug, await solveProof(await challenged(page, slug)));
    expect((await signIn(page, slug)).body.actor).toEqual(body.actor);
    page.forget('plenum');
    expect((await signIn(page, slug)).body.actor).toEqual(body.actor);
    expect(await guestsOf(id)).toBe(1);
  });

  it('works more when their address has signed in much (AUTH-24)', async () => {
    const { slug } = await eventWithProof();
    const bits: number[] = [];
    for (let n = 0; n < 60; n++) bits.push((await challenged(browser(hub.url), slug, undefined, '198.51.100.1')).bits);
    expect(bits).toEqual([...bits].sort());
    expect(bits.at(-1)).toBeGreaterThanOrEqual(21);
  });
});
