/** Every kind of a room. */
export const ROOM_KINDS = ['plenary', 'workshop', 'hub'] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/** Every kind of a session. */
export const SESSION_KINDS = ['plenary', 'keynote', 'workshop', 'debate', 'launch', 'panel', 'break', 'other'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];
