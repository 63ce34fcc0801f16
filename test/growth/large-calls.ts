import { type Calls, type Scene } from '../medium/identity/matrix/stage.js';

interface Exported {
  schedule: { conference: { days: { rooms: Record<string, Item[]> }[] } };
}
interface Item {
  title: string;
  abstract?: string;
  persons: { name: string; code?: string; guid?: string }[];
}

const ofSchedule = ({ place }: Scene, rest: string) => `/api/events/${String(place.event.slug)}/schedule${rest}`;

/** The event's own file, without its long texts, and with another title for every session. */
async function largeFile(scene: Scene): Promise<string> {
  const { token } = scene.stage.open.seats['hub organiser'];
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(scene.stage.hub.url + ofSchedule(scene, '.json'), { headers });
  const file = (await response.json()) as Exported;
  for (const { rooms } of file.schedule.conference.days)
    for (const item of Object.values(rooms).flat()) {
      item.title = `Moved ${scene.n} ${item.title.split(' ').at(-1)}`;
      item.abstract = '';
      item.persons = item.persons.map(({ name, code, guid }) => ({ name, code, guid }));
    }
  return JSON.stringify(file);
}

const imports = (options: string, writes: 'never' | 'always') => ({
  ask: async (scene: Scene) => ({ path: ofSchedule(scene, options), body: await largeFile(scene) }),
  writes,
});

/** Calls that the authorisation matrix does not need: with large input, or with large results. */
export const LARGE_CALLS: Calls = {
  'PUT /api/events/:slug/schedule | every session renamed, dry run': imports('?dryRun=true', 'never'),
  'PUT /api/events/:slug/schedule | every session renamed': imports('', 'always'),
  'session:join | by one who lacks nearly half of it': {
    ask: ({ place }) => ({ payload: { sessionId: place.here.id, since: 1 } }),
    writes: 'never',
  },
};
