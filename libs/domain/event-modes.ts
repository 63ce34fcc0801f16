/** open: everybody reads, guests take part. registered: everybody reads, accounts take part. private: accounts only. */
export const ACCESS_MODES = ['open', 'registered', 'private'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

/** open: guests take part. moderated: what they ask waits for a moderator. watch_only: they watch and read. */
export const GUESTS_MODES = ['open', 'moderated', 'watch_only'] as const;
export type GuestsMode = (typeof GUESTS_MODES)[number];

/** Whether people read an event without being signed in. */
export const isReadByEveryone = (access: AccessMode) => access !== 'private';

/** Whether people may become guests of an event, and stay it. */
export const takesGuests = (access: AccessMode) => access === 'open';
