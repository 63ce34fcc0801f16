/** Messages to the speakers that the interface knows in every language. */
export const CUE_PRESETS = [
  'two_minutes',
  'one_minute',
  'finish_now',
  'repeat_question',
  'closer_to_microphone',
  'slower',
] as const;
export type CuePreset = (typeof CUE_PRESETS)[number];

/** At most this many characters (code points) in a message to the speakers: it has to be readable at a glance. */
export const CUE_LENGTH = 200;
/** At most this many messages to the speakers of a session. */
export const CUES_AT_MOST = 200;
