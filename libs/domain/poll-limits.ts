/** At most this many characters (code points) in the question of a poll. */
export const POLL_QUESTION_LENGTH = 300;
/** At most this many characters (code points) in an option of a poll. */
export const POLL_OPTION_LENGTH = 120;
/** A poll with options has at least this many. */
export const OPTIONS_AT_LEAST = 2;
/** A poll has at most this many options. */
export const OPTIONS_AT_MOST = 30;
/** A rating has at most this many steps. */
export const RATING_STEPS_AT_MOST = 11;
/** The bounds of a poll (choices or steps) are at most this. */
export const POLL_BOUND_AT_MOST = 100;
/** At most this many polls in a session: everyone who joins it gets them. */
export const POLLS_AT_MOST = 200;
