import type { EventSummary, GuestsMode } from '#libs/contract/programme';
import type { Actor } from '#libs/contract/roles';
import { hasRole } from './actor.js';

/** What an event holds somebody to: its mode for guests, also for those who would become one; `open` for everybody else. */
export function guestsModeFor(
  event: Pick<EventSummary, 'guests'>,
  actor: Actor | null | undefined,
  sessionId: string,
): GuestsMode {
  return actor === undefined || hasRole(actor, 'attendee', sessionId) ? 'open' : event.guests;
}
