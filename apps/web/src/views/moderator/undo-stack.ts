import { toast } from '../../ui/toast.js';

/** How long an act can be taken back, in seconds. */
const UNDO_SECONDS = 10;

interface Offer {
  readonly takeBack: () => Promise<unknown>;
  readonly dismiss: () => void;
}

/** The acts of this desk that can still be taken back, the newest last. */
const offers: Offer[] = [];

/** Says what was done, with the way back: its own, also when other acts follow. */
export function offerUndo(text: string, label: string, takeBack: () => Promise<unknown>): void {
  const offer: Offer = {
    takeBack,
    dismiss: toast(text, { seconds: UNDO_SECONDS, action: { label, run: () => void undo(offer) } }),
  };
  offers.push(offer);
  setTimeout(() => remove(offer), UNDO_SECONDS * 1000);
}

/** Takes the newest act back that is still offered, and its message with it; does nothing where none is. */
export function undoNewest(): void {
  const newest = offers.at(-1);
  if (newest) void undo(newest);
}

/** Forgets every act: the desk that they were done on is left. */
export function forgetActs(): void {
  offers.length = 0;
}

function undo(offer: Offer): Promise<unknown> {
  offer.dismiss();
  return remove(offer) ? offer.takeBack() : Promise.resolve();
}

/** Whether it was still there. */
function remove(offer: Offer): boolean {
  const place = offers.indexOf(offer);
  if (place >= 0) offers.splice(place, 1);
  return place >= 0;
}
