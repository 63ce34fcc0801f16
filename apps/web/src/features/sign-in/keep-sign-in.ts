import type { QueryClient } from '@tanstack/react-query';
import type { Me, SignedIn } from '#libs/contract/auth';
import type { Actor } from '#libs/contract/roles';
import { api } from '../../platform/api.js';
import { tabToken } from '../../platform/tab-token.js';
import { becomeActor } from './actor.js';

/** Stores who has just signed in. Where the cookie of the response is not sent back, the token is kept in this tab. */
export async function keepSignIn(queryClient: QueryClient, { actor, token }: SignedIn): Promise<void> {
  if (tabToken.get() !== null || !(await hasCookieOf(actor))) tabToken.set(token);
  becomeActor(queryClient, actor);
}

/** Browsers block cookies in many ways, so the server is asked whether it got one. */
async function hasCookieOf({ id }: Actor): Promise<boolean> {
  try {
    return navigator.cookieEnabled && (await api<Me>('/api/me')).actor?.id === id;
  } catch {
    return true;
  }
}
