import { firstWordOfSha256 } from '#libs/client/sha256';
import { signInAsGuest } from './guest-sign-in.js';

const BITS = 8;
const challenge = { token: 'a-challenge', bits: BITS };
const refused = { status: 403, body: { error: { code: 'auth.proof_required', message: 'work', challenge } } };
const signedIn = { status: 200, body: { token: 't', actor: { id: 'a' } } };

/** A hub that returns these responses in turn, and records the requests. */
function answering(answers: readonly { status: number; body: object }[]) {
  const sent: { event: string; proof?: { token: string; nonce: string } }[] = [];
  globalThis.fetch = (_, init) => {
    const { status, body } = answers[Math.min(sent.length, answers.length - 1)]!;
    sent.push(JSON.parse(init?.body as string));
    return Promise.resolve({ ok: status < 400, status, headers: new Map(), json: async () => body } as never);
  };
  return sent;
}
const before = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = before;
});

describe('signing in as a guest', () => {
  it('does the work that the event asks for, and says so meanwhile (AUTH-23)', async () => {
    const [sent, told] = [answering([refused, signedIn]), [] as boolean[]];
    expect(await signInAsGuest({ event: 'week' }, (isProving) => told.push(isProving))).toEqual(signedIn.body);
    expect(sent[0]).toEqual({ event: 'week' });
    const { token, nonce } = sent[1]!.proof!;
    expect(firstWordOfSha256(`${token}:${nonce}`)).toBeLessThan(2 ** (32 - BITS));
    expect(told).toEqual([true, false]);
  });

  it('gives up when its work is refused again and again (AUTH-23)', async () => {
    const sent = answering([refused]);
    await expect(signInAsGuest({ event: 'week' }, () => undefined)).rejects.toMatchObject({
      code: 'auth.proof_required',
    });
    expect(sent).toHaveLength(4);
  });
});
