/** At most this many characters (code points) in a moderators' note. */
export const NOTE_LENGTH = 500;
