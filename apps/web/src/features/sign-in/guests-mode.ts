import type { GuestsMode } from '#libs/domain/event-modes';
import type { EventSummary } from '#libs/contract/programme';
import type { Actor } from '#libs/contract/roles';
import { hasRole } from './actor.js';

/** The guest mode that applies to a person: the event's for guests and for people who would become one; `open` for everybody else. */
export function guestsModeFor(
  event: Pick<EventSummary, 'guests'>,
  actor: Actor | null | undefined,
  sessionId: string,
): GuestsMode {
  return actor === undefined || hasRole(actor, 'attendee', sessionId) ? 'open' : event.guests;
}
