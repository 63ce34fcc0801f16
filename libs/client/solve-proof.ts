import type { GuestProof } from '#libs/contract/auth';
import type { ProofChallenge } from '#libs/contract/errors';
import { firstWordOfSha256 } from './sha256.js';

/** Half of a frame of the screen: typing and scrolling stay smooth. */
const SLICE_MS = 8;
const HASHES_BETWEEN_LOOKS = 500;

/** Solves a challenge, in slices of a few ms so that a page stays responsive; costs 2^bits hashes on average, sometimes five times as many. */
export async function solveProof({ token, bits }: ProofChallenge): Promise<GuestProof> {
  const target = 2 ** (32 - bits);
  for (let tried = 0; ;) {
    const pauseAt = performance.now() + SLICE_MS;
    do {
      for (let n = 0; n < HASHES_BETWEEN_LOOKS; n++) {
        const nonce = (tried++).toString(36);
        if (firstWordOfSha256(`${token}:${nonce}`) < target) return { token, nonce };
      }
    } while (performance.now() < pauseAt);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
