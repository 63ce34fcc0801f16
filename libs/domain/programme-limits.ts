/** At most this many characters (code points) in each text of a programme. */
export const PROGRAMME_LENGTHS = {
  title: 200,
  longText: 10_000,
  roomName: 100,
  city: 100,
  track: 100,
  speakerName: 120,
  affiliation: 200,
} as const;

/** How much one hub and one event hold, so that no list and no export grows without end. */
export const PROGRAMME_AT_MOST = { events: 200, rooms: 500, sessions: 5_000, speakers: 10_000, days: 400 } as const;

/** Slow mode is at most this many seconds between two questions of one actor. */
export const SLOW_MODE_AT_MOST = 3_600;
