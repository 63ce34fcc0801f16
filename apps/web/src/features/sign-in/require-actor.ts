import { useQueryClient } from '@tanstack/react-query';
import type { EventSummary } from '#libs/contract/programme';
import type { Actor } from '#libs/contract/roles';
import { Store } from '#libs/client/store';
import { belongsTo, meQuery } from './actor.js';

export interface GuestWish {
  readonly event: EventSummary;
  readonly settle: (actor: Actor | null) => void;
}

/** The one open question "who are you?"; shown by the GuestDialog. */
export const guestWish = new Store<GuestWish | null>(null);

/** Opens the question "who are you?"; answers null when they would rather not say. */
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

/** Asks who somebody is exactly when it is first needed. */
export function useRequireActor(event: EventSummary): () => Promise<Actor | null> {
  const queryClient = useQueryClient();
  return async () => {
    const known = await queryClient.ensureQueryData(meQuery).catch(() => null);
    if (known && belongsTo(known, event.id)) return known;
    return askWho(event);
  };
}
