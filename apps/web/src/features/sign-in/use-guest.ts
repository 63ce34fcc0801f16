import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SignedIn } from '#libs/contract/auth';
import type { EventSummary } from '#libs/contract/programme';
import { api } from '../../app/api.js';
import { tabToken } from '../../app/tab-token.js';
import { becomeActor } from './actor.js';

/** Signs a guest in, with a name or without. Signing in again keeps who they are and changes the name. */
export function useGuestSignIn(event: Pick<EventSummary, 'slug'>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      api<SignedIn>('/api/auth/guest', {
        method: 'POST',
        body: { event: event.slug, ...(name.trim() && { name: name.trim() }) },
      }),
    onSuccess: ({ actor, token }) => {
      if (tabToken.get() !== null) tabToken.set(token);
      becomeActor(queryClient, actor);
    },
  });
}
