import { type SessionState } from '#libs/domain/session-states';
import { type RoomKind } from '#libs/domain/programme-kinds';
import { type AccessMode, type GuestsMode } from '#libs/domain/event-modes';

/** A Room as its stream needs it: with its event's access and the sessions that have not ended. */
export interface StreamRoom {
  readonly id: string;
  readonly eventId: string;
  readonly kind: RoomKind;
  readonly access: AccessMode;
  /** What guests may do in its event. */
  readonly guests: GuestsMode;
  readonly sessions: readonly { readonly id: string; readonly state: SessionState; readonly start: Date }[];
}
