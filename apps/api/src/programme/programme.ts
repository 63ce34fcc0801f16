import { type EventEntity } from './event.entity.js';
import { type RoomEntity } from './room.entity.js';
import { type SessionRow } from './session-rows.repository.js';
import { type SpeakerEntity } from './speaker.entity.js';

/** An event with everything on its programme, as read in one transaction. */
export interface Programme {
  readonly event: Readonly<EventEntity>;
  readonly rooms: readonly Readonly<RoomEntity>[];
  readonly sessions: readonly SessionRow[];
  readonly speakers: readonly Readonly<SpeakerEntity>[];
}
