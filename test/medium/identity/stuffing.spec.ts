import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { solveProof } from '#libs/client/solve-proof';
import { browser } from '../../support/clients/cookie-client.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients } from '../../support/clients/test-clients.js';

const TRIES = 6;
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub?.close());

type Page = ReturnType<typeof browser>;
interface Stuffer {
  /** What they do before they sign in once more. */
  readonly before?: (page: Page) => unknown;
  readonly works?: boolean;
}

/** A person signs in repeatedly at one address, and votes each time; returns how many of their votes count. */
async function stuff(event: Record<string, unknown>, { before, works }: Stuffer): Promise<number> {
  const { id: event_id, slug } = await hub.make.event(event);
  const session = await hub.make.session({ event_id });
  const question = await hub.make.question({ session_id: session.id, state: 'approved' });
  const [page, crowd] = [browser(hub.url), testClients(hub, session)];
  for (let n = 0; n < TRIES; n++) {
    await before?.(page);
    const first = await page.post('/api/auth/guest', { event: slug });
    const challenge = works && first.body.error?.challenge;
    const proof = challenge && (await solveProof(challenge));
    const { status, body } = proof ? await page.post('/api/auth/guest', { event: slug, proof }) : first;
    if (status !== 200) continue;
    const person = await crowd.join({ actorId: body.actor.id });
    await person.client.request('question:vote', { questionId: question.id, value: true });
    crowd.leave();
  }
  const rows = await hub.database.query(`SELECT FROM question_vote WHERE question_id = $1`, [question.id]);
  return rows.length;
}

const signsOut = (page: Page) => page.post('/api/auth/sign-out', {});
const dropsSession = (page: Page) => page.forget('plenum');
function dropsAll(page: Page) {
  page.forget('plenum');
  page.forget('plenum-device');
}

describe('a person who repeatedly signs in as a guest and votes', () => {
  it.each([
    ['as many as they like by signing out, where nothing is switched on', {}, { before: signsOut }, TRIES],
    ['one while they stay signed in', {}, {}, 1],
    ['one on one device, though they sign out', { guest_devices: true }, { before: signsOut }, 1],
    ['one on one device, though they drop the session', { guest_devices: true }, { before: dropsSession }, 1],
    [
      'as many as they like as ever new devices: that is not prevented',
      { guest_devices: true },
      { before: dropsAll },
      TRIES,
    ],
    ['none without the work, where it is asked for', { guest_proof: true }, { before: dropsAll }, 0],
    ['one for each time they did the work', { guest_proof: true }, { before: dropsAll, works: true }, TRIES],
  ] as const)('has %s (SEC-54)', async (_, event, stuffer, votes) => {
    expect(await stuff(event, stuffer)).toBe(votes);
  });
});
