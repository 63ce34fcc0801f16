/** At most this many characters (code points) in the name under which somebody takes part. */
export const NAME_LENGTH = 60;
