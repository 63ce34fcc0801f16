import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EventSummary } from '#libs/contract/programme';
import { signInAsGuest } from './guest-sign-in.js';
import { keepSignIn } from './keep-sign-in.js';

/** Signs a guest in, with or without a name. Signing in again keeps the actor and changes the name. */
export function useGuestSignIn(event: Pick<EventSummary, 'slug'>) {
  const queryClient = useQueryClient();
  const [isProving, setProving] = useState(false);
  const signIn = useMutation({
    mutationFn: (name: string) =>
      signInAsGuest({ event: event.slug, ...(name.trim() && { name: name.trim() }) }, setProving),
    onSuccess: (signedIn) => keepSignIn(queryClient, signedIn),
  });
  return { ...signIn, isProving };
}
