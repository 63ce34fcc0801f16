/** Every type of a poll. */
export const POLL_TYPES = ['single', 'multiple', 'rating', 'word_cloud', 'ranking', 'quiz'] as const;
export type PollType = (typeof POLL_TYPES)[number];

/** The types that moderators can make and people can answer today. */
export const OFFERED_POLL_TYPES = ['single', 'multiple', 'rating'] as const satisfies readonly PollType[];
export type OfferedPollType = (typeof OFFERED_POLL_TYPES)[number];

/** Every state of a poll. */
export const POLL_STATES = ['draft', 'open', 'closed', 'archived'] as const;
export type PollState = (typeof POLL_STATES)[number];

/** States in which the audience sees a poll. */
export const SHOWN_POLL_STATES = ['open', 'closed'] as const satisfies readonly PollState[];

/** When the audience sees the totals of a poll. */
export const RESULT_VISIBILITIES = ['live', 'after_vote', 'on_close', 'manual'] as const;
export type ResultVisibility = (typeof RESULT_VISIBILITIES)[number];

const OFFERED: ReadonlySet<PollType> = new Set(OFFERED_POLL_TYPES);
const SHOWN: ReadonlySet<PollState> = new Set(SHOWN_POLL_STATES);

/** Whether polls of a type can be made and answered today. */
export const isOffered = (type: PollType): type is OfferedPollType => OFFERED.has(type);
/** Whether the audience sees a poll in this state. */
export const isPollShown = (state: PollState) => SHOWN.has(state);
