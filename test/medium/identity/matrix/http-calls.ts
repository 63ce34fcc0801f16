import { scheduleFile } from '../../../support/records/schedule-files.js';
import { type Call, type Calls, type Scene } from './stage.js';

type Make = (scene: Scene) => Promise<{ id: string }>;
const DAY = 86_400_000;

const reads = (path: (scene: Scene) => string, more: Partial<Call> = {}): Call => ({
  ask: (scene) => ({ path: path(scene) }),
  writes: 'never',
  ...more,
});
const posts = (path: (scene: Scene) => string, body: (scene: Scene) => unknown, more: Partial<Call> = {}): Call => ({
  ask: (scene) => ({ path: path(scene), body: body(scene) }),
  writes: 'always',
  ...more,
});
/** A call to something that is made for it. */
const changes = (folder: string, make: Make, body?: (scene: Scene) => unknown, more: Partial<Call> = {}): Call => ({
  ask: async (scene) => ({ path: `/api/${folder}/${(await make(scene)).id}`, body: body?.(scene) }),
  writes: 'always',
  ...more,
});

const slug = ({ place }: Scene) => String(place.event.slug);
const ofEvent = (rest: string) => (scene: Scene) => `/api/events/${slug(scene)}${rest}`;
const ofSessionPage = (scene: Scene) => `/api/events/${slug(scene)}/s/${String(scene.place.here.slug)}`;
const ofSession = (rest: string) => (scene: Scene) => `/api/sessions/${scene.place.here.id}${rest}`;
const ofRoom = (rest: string) => (scene: Scene) => `/api/rooms/${String(scene.place.here.room_id)}${rest}`;
const named = (event: Record<string, unknown>) => ({ event: event.slug });

const hidden = { event: 'hidden' } as const;
const aRoom: Make = ({ make, place }) => make.room({ event_id: place.event.id });
const aSpeaker: Make = ({ make, place }) => make.speaker({ event_id: place.event.id });
/** Refused roles try it in their own event; the others delete a separate session. */
const aSession: Make = ({ make, place, isAllowed }) =>
  isAllowed ? make.session({ event_id: place.event.id }) : Promise.resolve(place.here);

/** The slow mode that is ended here is nobody's hindrance later. */
const endsSlowMode: Call = {
  ask: async ({ stage, place }) => {
    await stage.hub.database.query('UPDATE session SET slow_mode = 60 WHERE id = $1', [place.here.id]);
    return { path: `/api/sessions/${place.here.id}`, body: { slowMode: 0 } };
  },
  writes: 'always',
};

const eventDraft = ({ n }: Scene) => ({
  slug: `new-event-${n}`,
  title: 'A new one',
  timeZone: 'Europe/Brussels',
  languages: ['en'],
  start: new Date().toISOString(),
  end: new Date(Date.now() + DAY).toISOString(),
});
const roomDraft = ({ n }: Scene) => ({ slug: `new-room-${n}`, name: 'A new one', kind: 'plenary' });
/** A day after the ones before it, so that nothing overlaps. */
const sessionDraft = ({ n, place }: Scene) => ({
  slug: `new-session-${n}`,
  title: 'A new one',
  kind: 'plenary',
  start: new Date(Date.now() + n * DAY).toISOString(),
  end: new Date(Date.now() + n * DAY + 60_000).toISOString(),
  roomId: place.here.room_id,
});
const password = { login: 'nobody', password: 'a wrong password' };
const isListed = (events: { id: string }[], { place }: Scene) =>
  events.some(({ id }) => id === place.event.id) ? 'ok' : 'not_found';
const showsBlockedWords = (event: object) => ('blockedWords' in event ? 'ok' : 'not_found');
const mayPublish = ({ grants }: { grants: { canPublish: boolean } }) => (grants.canPublish ? 'ok' : 'watch only');

/** Every HTTP call, by its object. The routes of the hub are compared with these. */
export const HTTP_CALLS: Calls = {
  'GET /api/hub | the hub': reads(() => '/api/hub'),
  'GET /api/me | oneself': reads(() => '/api/me'),
  'GET /api/health/live | this node': reads(() => '/api/health/live'),
  'GET /api/health/ready | this node': reads(() => '/api/health/ready'),
  'GET /metrics | this node, from its own machine': reads(() => '/metrics'),
  'GET /api/openapi.json | the API': reads(() => '/api/openapi.json'),
  'GET /api/docs* | the API': reads(() => '/api/docs'),

  'POST /api/auth/guest | an open event': posts(
    () => '/api/auth/guest',
    ({ place }) => named(place.event),
    {
      writes: 'sometimes', // an existing guest stays the same actor
    },
  ),
  'POST /api/auth/guest | an event for registered people': posts(
    () => '/api/auth/guest',
    ({ stage }) => named(stage.registered),
  ),
  'POST /api/auth/guest | a private event': posts(
    () => '/api/auth/guest',
    ({ place }) => named(place.event),
    hidden,
  ),
  'POST /api/auth/demo | outside demo mode': posts(
    () => '/api/auth/demo',
    ({ place }) => ({ ...named(place.event), role: 'organiser' }),
  ),
  'POST /api/auth/password | a wrong password': posts(
    () => '/api/auth/password',
    () => password,
  ),
  'POST /api/auth/password/change | with a wrong password': posts(
    () => '/api/auth/password/change',
    () => ({ current: 'a wrong password', next: 'another password' }),
  ),
  'POST /api/auth/sign-out | oneself': {
    ask: async ({ stage, caller: { id } }) => ({
      path: '/api/auth/sign-out',
      body: {},
      ...(id && { token: (await stage.hub.sign(id)).token }),
    }),
    writes: 'sometimes', // a stranger has nothing to end
  },

  'GET /api/events | an open event in it': reads(() => '/api/events', { judge: isListed }),
  'GET /api/events | a private event in it': reads(() => '/api/events', { judge: isListed, ...hidden }),
  'GET /api/events/:slug | an open event': reads(ofEvent('')),
  'GET /api/events/:slug | its blocked words': reads(ofEvent(''), { judge: showsBlockedWords }),
  'GET /api/events/:slug | a private event': reads(ofEvent(''), hidden),
  'GET /api/events/:slug/s/:session | an open event': reads(ofSessionPage),
  'GET /api/events/:slug/s/:session | its blocked words': reads(ofSessionPage, { judge: showsBlockedWords }),
  'GET /api/events/:slug/s/:session | a private event': reads(ofSessionPage, hidden),
  'POST /api/events | the hub': posts(() => '/api/events', eventDraft),
  'PATCH /api/events/:slug | an open event': posts(ofEvent(''), ({ n }) => ({ title: `Title ${n}` })),
  'PATCH /api/events/:slug | a private event': posts(ofEvent(''), ({ n }) => ({ title: `Title ${n}` }), hidden),
  'DELETE /api/events/:slug | an event with sessions': reads(ofEvent('')),
  'DELETE /api/events/:slug | an empty event of others': {
    ask: async ({ make }) => ({ path: `/api/events/${String((await make.event()).slug)}` }),
    writes: 'always',
  },

  'POST /api/events/:slug/rooms | an open event': posts(ofEvent('/rooms'), roomDraft),
  'POST /api/events/:slug/rooms | a private event': posts(ofEvent('/rooms'), roomDraft, hidden),
  'PATCH /api/rooms/:id | a room': changes('rooms', aRoom, ({ n }) => ({ name: `Name ${n}` })),
  'PATCH /api/rooms/:id | a room of a private event': changes('rooms', aRoom, ({ n }) => ({ name: `${n}` }), hidden),
  'DELETE /api/rooms/:id | a room': changes('rooms', aRoom),
  // the first token of an actor gives them a seat
  'POST /api/rooms/:id/token | to watch': posts(ofRoom('/token'), () => ({ publish: false }), { writes: 'sometimes' }),
  'POST /api/rooms/:id/token | to publish in a plenary': posts(ofRoom('/token'), () => ({ publish: true }), {
    judge: mayPublish,
    writes: 'sometimes',
  }),
  'POST /api/rooms/:id/token | of a private event': posts(ofRoom('/token'), () => ({ publish: false }), {
    writes: 'sometimes',
    ...hidden,
  }),
  'GET /api/rooms/:id/publishers | a room': reads(ofRoom('/publishers')),

  'POST /api/events/:slug/sessions | an open event': posts(ofEvent('/sessions'), sessionDraft),
  'POST /api/events/:slug/sessions | with a room of another event': posts(ofEvent('/sessions'), (scene) => ({
    ...sessionDraft(scene),
    roomId: scene.stage.away.room_id,
  })),
  'PATCH /api/sessions/:id | its slow mode': endsSlowMode,
  'PATCH /api/sessions/:id | its title': posts(ofSession(''), ({ n }) => ({ title: `Title ${n}` })),
  'PATCH /api/sessions/:id | to cancel it': changes('sessions', aSession, () => ({ state: 'cancelled' })),
  'PATCH /api/sessions/:id | into a room of another event': posts(ofSession(''), ({ stage }) => ({
    roomId: stage.away.room_id,
  })),
  'PATCH /api/sessions/:id | in a private event': { ...endsSlowMode, ...hidden },
  'DELETE /api/sessions/:id | a session': changes('sessions', aSession),
  'GET /api/sessions/:id/state | a session': reads(ofSession('/state')),
  'GET /api/sessions/:id/state | a session of a private event': reads(ofSession('/state'), hidden),

  'POST /api/events/:slug/speakers | an open event': posts(ofEvent('/speakers'), () => ({ name: 'Ada' })),
  'PATCH /api/speakers/:id | a speaker': changes('speakers', aSpeaker, ({ n }) => ({ name: `Name ${n}` })),
  'PATCH /api/speakers/:id | of a private event': changes('speakers', aSpeaker, ({ n }) => ({ name: `${n}` }), hidden),
  'DELETE /api/speakers/:id | a speaker': changes('speakers', aSpeaker),

  'PUT /api/events/:slug/schedule | an open event, dry run': posts(
    ofEvent('/schedule?dryRun=true'),
    () => scheduleFile({}),
    { writes: 'never' },
  ),
  'GET /api/events/:slug/schedule.json | an open event': reads(ofEvent('/schedule.json')),
  'GET /api/events/:slug/schedule.json | a private event': reads(ofEvent('/schedule.json'), hidden),
  'GET /api/events/:slug/schedule.xml | an open event': reads(ofEvent('/schedule.xml')),
  'GET /api/events/:slug/schedule.xml | a private event': reads(ofEvent('/schedule.xml'), hidden),
  'GET /api/events/:slug/schedule.ics | an open event': reads(ofEvent('/schedule.ics')),
  'GET /api/events/:slug/schedule.ics | a private event': reads(ofEvent('/schedule.ics'), hidden),
  'GET /api/sessions/:id/schedule.ics | a session': reads(ofSession('/schedule.ics')),
  'GET /api/sessions/:id/schedule.ics | of a private event': reads(ofSession('/schedule.ics'), hidden),
  'GET /api/events/:slug/poster.svg | a private event': reads(ofEvent('/poster.svg'), hidden),
  'GET /api/events/:slug/poster.png | a private event': reads(ofEvent('/poster.png'), hidden),
  'GET /api/sessions/:id/poster.svg | of a private event': reads(ofSession('/poster.svg'), hidden),
  'GET /api/sessions/:id/poster.png | of a private event': reads(ofSession('/poster.png'), hidden),

  'POST /api/livekit/webhook | without its signature': posts(
    () => '/api/livekit/webhook',
    () => ({}),
  ),

  'GET / | the front page': reads(() => '/'),
  'GET /:event | an open event': reads((scene) => `/${slug(scene)}`),
  'GET /:event | a private event': reads((scene) => `/${slug(scene)}`, hidden),
  'GET /j/:code | of a private event': reads((scene) => `/j/${String(scene.place.here.join_code)}`, hidden),
  'GET /:event/s/:session | of a private event': reads(
    (scene) => `/${slug(scene)}/s/${String(scene.place.here.slug)}`,
    hidden,
  ),
};
