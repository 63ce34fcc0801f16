import { useQueryClient } from '@tanstack/react-query';
import type { EventSummary } from '#libs/contract/programme';
import type { Actor } from '#libs/contract/roles';
import { Store } from '#libs/client/store';
import { belongsTo, meQuery } from './actor.js';

export interface GuestWish {
  readonly event: EventSummary;
  readonly settle: (actor: Actor | null) => void;
}

/** The one pending sign-in request; shown by the GuestDialog. */
export const guestWish = new Store<GuestWish | null>(null);

/** Requests a sign-in; returns null when it is declined. */
export function askWho(event: EventSummary): Promise<Actor | null> {
  guestWish.getSnapshot()?.settle(null);
  return new Promise((resolve) => {
    const settle = (actor: Actor | null) => {
      guestWish.set(null);
      resolve(actor);
    };
    guestWish.set({ event, settle });
  });
}

/** Requests a sign-in exactly when it is first needed. */
export function useRequireActor(event: EventSummary): () => Promise<Actor | null> {
  const queryClient = useQueryClient();
  return async () => {
    const known = await queryClient.ensureQueryData(meQuery).catch(() => null);
    if (known && belongsTo(known, event.id)) return known;
    return askWho(event);
  };
}
