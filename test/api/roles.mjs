// The roles of the calls, and the objects: the demo week with a few objects that may be changed and deleted, over HTTP as people do it.

/** From nobody to everything: each role gets a separate hub, so that one's deletions do not affect the next. */
export const ROLES = [
  'anonymous',
  'guest',
  'attendee',
  'speaker',
  'moderator',
  'organiser of the event',
  'organiser of the hub',
];
/** The first organiser; the hub refuses to start without a long password and lets nobody work before it is changed. */
export const FIRST_ORGANISER = { ORGANISER_LOGIN: 'first', ORGANISER_PASSWORD: 'the-first-password' };
const EVENT = 'ai-week';
/** Changing a slug moves an event to another of these, so that it can still be found afterwards. */
const EVENT_SLUGS = [EVENT, 'second-event', 'third-event', 'fourth-event', 'fifth-event'];

/** Creates the objects and returns their ids, the role's credentials, and a body for imports. */
export async function seed(url) {
  const caller = callerOf(url);
  const organiser = await signInFirstOrganiser(caller);
  const week = { title: 'Another', timeZone: 'UTC', languages: ['en'], ...hours(24 * 20, 24 * 21) };
  for (const slug of EVENT_SLUGS.slice(1, 3)) await caller('POST', '/api/events', { slug, ...week }, organiser);
  for (let number = 1; number <= 5; number++) await addSpare(caller, organiser, number);
  const programme = await caller('GET', `/api/events/${EVENT}`);
  const ids = (list) => list.map(({ id }) => id);
  return {
    tokenOf: (role) => signIn(caller, role, organiser),
    values: {
      events: EVENT_SLUGS,
      sessions: ids(programme.sessions),
      rooms: ids(programme.rooms),
      speakers: ids(programme.speakers),
      sessionSlugs: programme.sessions.map(({ slug }) => slug),
      times: programme.sessions.map(({ start }) => start),
      zones: ['UTC', 'Europe/Brussels', 'America/New_York'],
      languages: ['en', 'fr', 'nl-BE', 'de'],
    },
    schedule: await caller('GET', `/api/events/${EVENT}/schedule.json`),
  };
}

/** A room, a speaker and a session that nothing else needs. */
async function addSpare(caller, token, number) {
  const slug = `spare-${number}`;
  const room = await caller('POST', `/api/events/${EVENT}/rooms`, { slug, name: slug, kind: 'workshop' }, token);
  await caller('POST', `/api/events/${EVENT}/speakers`, { name: `Spare ${number}` }, token);
  const session = { slug, title: slug, kind: 'workshop', roomId: room.id, ...hours(number, number + 1) };
  await caller('POST', `/api/events/${EVENT}/sessions`, session, token);
}

async function signIn(caller, role, organiser) {
  if (role === 'anonymous') return null;
  if (role === 'organiser of the hub') return organiser;
  if (role === 'guest') return (await caller('POST', '/api/auth/guest', { event: EVENT })).token;
  const of = { event: EVENT, role: role.split(' ')[0], name: role };
  return (await caller('POST', '/api/auth/demo', of)).token;
}

async function signInFirstOrganiser(caller) {
  const { ORGANISER_LOGIN: login, ORGANISER_PASSWORD: password } = FIRST_ORGANISER;
  const { token } = await caller('POST', '/api/auth/password', { login, password });
  const change = { current: password, next: 'the-second-password' };
  return (await caller('POST', '/api/auth/password/change', change, token)).token;
}

const hours = (from, to) => ({ start: inHours(from), end: inHours(to) });
const inHours = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();

const callerOf = (url) => async (method, path, body, token) => {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${url}${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
};
