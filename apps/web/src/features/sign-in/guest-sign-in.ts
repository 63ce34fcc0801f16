import type { GuestProof, SignedIn } from '#libs/contract/auth';
import { api, ApiError } from '../../app/api.js';

/** A challenge may end while a slow device works, or be refused because another tab came first. */
const TRIES = 3;

/** Signs a guest in, with the work that the event may ask for; `onProving` hears when that begins and ends. */
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
      const { solveProof } = await import('#libs/client/solve-proof');
      proof = await solveProof(challenge).finally(() => onProving(false));
    }
  }
}
