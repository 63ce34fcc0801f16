import { type RoomKind } from '#libs/domain/programme-kinds';

/** Room types of the schedule format; the first of a kind is the one an export writes. */
export const ROOM_TYPES = {
  plenary: ['stage', 'lecturehall', 'hangar', 'online'],
  workshop: ['workshop', 'project', 'bbb'],
  hub: ['other', 'outside'],
} as const satisfies Record<RoomKind, readonly string[]>;

const KINDS = new Map<string, RoomKind>(
  (Object.keys(ROOM_TYPES) as RoomKind[]).flatMap((kind) => ROOM_TYPES[kind].map((type) => [type, kind] as const)),
);

/** The kind of a room type; a room without a type is a plenary room, and null means that the type is unknown. */
export function roomKindOf(type: unknown): RoomKind | null {
  if (type === undefined || type === null || type === '') return 'plenary';
  return typeof type === 'string' ? (KINDS.get(type.toLowerCase()) ?? null) : null;
}
