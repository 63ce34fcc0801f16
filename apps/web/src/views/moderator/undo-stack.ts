import { toast } from '../../ui/toast.js';

/** How long an action can be undone, in seconds. */
const UNDO_SECONDS = 10;

interface Offer {
  readonly takeBack: () => Promise<unknown>;
  readonly dismiss: () => void;
}

/** The actions of this desk that can still be undone, the newest last. */
const offers: Offer[] = [];

/** Shows what was done, with its own undo, also when other actions follow. */
export function offerUndo(text: string, label: string, takeBack: () => Promise<unknown>): void {
  const offer: Offer = {
    takeBack,
    dismiss: toast(text, { seconds: UNDO_SECONDS, action: { label, run: () => void undo(offer) } }),
  };
  offers.push(offer);
  setTimeout(() => remove(offer), UNDO_SECONDS * 1000);
}

/** Undoes the newest action that is still offered, and removes its message; does nothing where there is none. */
export function undoNewest(): void {
  const newest = offers.at(-1);
  if (newest) void undo(newest);
}

/** Drops every action: their desk was left. */
export function forgetActs(): void {
  offers.length = 0;
}

function undo(offer: Offer): Promise<unknown> {
  offer.dismiss();
  return remove(offer) ? offer.takeBack() : Promise.resolve();
}

/** Whether it was still there. */
function remove(offer: Offer): boolean {
  const index = offers.indexOf(offer);
  if (index >= 0) offers.splice(index, 1);
  return index >= 0;
}
