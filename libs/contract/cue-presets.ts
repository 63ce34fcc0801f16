/** Messages to the speakers that the interface translates; without zod, for web pages. */
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
