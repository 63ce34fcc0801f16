// Programmes of any size for measurements: files, and what the database says of the same sessions.
const SLOT = 15 * 60_000;
const FIRST = Date.UTC(2026, 2, 16, 8);

/** The guid of a session is the same in every file. */
const guidOf = (kind, n) => `00000000-0000-4000-${kind}000-${String(n).padStart(12, '0')}`;

const slotOf = (n, rooms, shift = 0) => FIRST + (Math.floor(n / rooms) + shift) * SLOT;

/** A schedule.json with a number of sessions and rooms, one slot after the other. The first `without` are left out, all are moved by `shift` slots. */
export function scheduleOf(count, { rooms = 20, shift = 0, without = 0, title = (n) => `Session ${n}` } = {}) {
  const listed = Array.from({ length: rooms }, (_, n) => ({ name: `Room ${n}`, guid: guidOf('9', n), type: 'stage' }));
  const days = { index: 1, date: '2026-03-16', rooms: Object.fromEntries(listed.map(({ name }) => [name, []])) };
  for (let n = without; n < count; n++)
    days.rooms[`Room ${n % rooms}`].push({
      guid: guidOf('8', n),
      date: new Date(slotOf(n, rooms, shift)).toISOString(),
      end: new Date(slotOf(n, rooms, shift) + SLOT).toISOString(),
      duration: '00:15',
      title: title(n),
      type: 'keynote',
      language: 'en',
      abstract: `What session ${n} is about, in a sentence or two, as programmes have it.`,
      persons: [{ guid: guidOf('a', n % 500), name: `Speaker ${n % 500}` }],
      links: [{ url: 'https://example.org/' }],
    });
  return { schedule: { version: '1', conference: { title: 'Bench', rooms: listed, days: [days] } } };
}

/** What the database says of the same sessions; the first `live` have begun. */
export function programmeOf(event, count, { rooms = 20, live = 0 } = {}) {
  const eventId = event.id;
  return {
    rooms: Array.from({ length: rooms }, (_, n) => ({ id: guidOf('b', n), eventId, guid: guidOf('9', n), slug: `room-${n}`, name: `Room ${n}`, kind: 'plenary', city: null, capacity: null, translations: {}, position: n, onAir: false })), // prettier-ignore
    speakers: Array.from({ length: Math.min(500, count) }, (_, n) => ({ id: guidOf('c', n), eventId, guid: guidOf('a', n), name: `Speaker ${n}`, affiliation: null, biography: null })), // prettier-ignore
    sessions: Array.from({ length: count }, (_, n) => sessionOf(eventId, n, rooms, n < live ? 'live' : 'scheduled')),
  };
}

function sessionOf(eventId, n, rooms, state) {
  const abstract = `What session ${n} is about, in a sentence or two, as programmes have it.`;
  return {
    id: guidOf('d', n),
    eventId,
    roomId: guidOf('b', n % rooms),
    guid: guidOf('8', n),
    slug: `session-${n}`,
    title: `Session ${n}`,
    kind: 'keynote',
    state,
    start: new Date(slotOf(n, rooms)).toISOString(),
    end: new Date(slotOf(n, rooms) + SLOT).toISOString(),
    language: 'en',
    track: null,
    abstract,
    translations: {},
    source: { type: 'keynote', abstract, links: [{ url: 'https://example.org/' }] },
    qa: 'open',
    premoderated: true,
    slowMode: 0,
    sessionVersion: 0,
    speakerIds: [guidOf('c', n % 500)],
  };
}

/** The part of an event that a plan needs. */
export const eventRow = (id) => ({
  id,
  slug: 'bench',
  timeZone: 'UTC',
  start: new Date(FIRST),
  end: new Date(FIRST + 100 * 24 * 3_600_000),
  scheduleVersion: '1',
});
