/** At most this many characters (code points) in a question or a reply. */
export const QUESTION_LENGTH = 500;
/** At most this many characters (code points) in a moderators' note. */
export const NOTE_LENGTH = 500;
/** At most this many characters (code points) in the reason of a moderation action. */
export const REASON_LENGTH = 300;
/** At most this many questions in a session: its list goes to everyone who joins. */
export const QUESTIONS_AT_MOST = 10_000;
