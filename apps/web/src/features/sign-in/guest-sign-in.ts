import type { GuestProof, SignedIn } from '#libs/contract/auth';
import type { ProofChallenge } from '#libs/contract/errors';
import { api, ApiError } from '../../platform/api.js';
import { loadPart } from '../../platform/load-part.js';

/** A challenge may expire on a slow device, or be refused because another tab was first. */
const TRIES = 3;

/** Signs a guest in, with the proof of work that the event may require; `onProving` is called when it begins and ends. */
export async function signInAsGuest(
  body: { readonly event: string; readonly name?: string },
  onProving: (isProving: boolean) => void,
): Promise<SignedIn> {
  let proof: GuestProof | undefined;
  for (let tries = 0; ; tries++) {
    try {
      return await api<SignedIn>('/api/auth/guest', { method: 'POST', body: { ...body, ...(proof && { proof }) } });
    } catch (error) {
      const challenge = error instanceof ApiError ? error.details.challenge : undefined;
      if (!challenge || tries === TRIES) throw error;
      onProving(true);
      proof = await work(challenge).finally(() => onProving(false));
    }
  }
}

/** Loaded on demand: few events require it. */
async function work(challenge: ProofChallenge): Promise<GuestProof> {
  const { solveProof } = await loadPart(() => import('#libs/client/solve-proof'));
  return solveProof(challenge);
}
