import { scheduleOf } from './schedules.mjs';
import { storm } from './storm.mjs';

const SESSIONS = 2_000;

/** Imported one after the other while people vote: new sessions, the same again, all moved by a slot, all renamed. */
const FILES = {
  created: scheduleOf(SESSIONS),
  unchanged: scheduleOf(SESSIONS),
  moved: scheduleOf(SESSIONS, { shift: 1 }),
  renamed: scheduleOf(SESSIONS, { shift: 1, title: (n) => `Renamed ${n}` }),
};

/** People who vote in one session of an event while an organiser imports the others; or nobody does, to compare with. */
export const imported = (isImporting) => async (stage, options) => {
  const node = await stage.startNode();
  const [organiser] = await stage.people(1, 'organiser');
  const tokens = await stage.people(options.people);
  let importing = Promise.resolve(undefined);
  const beside = ({ url }) => {
    if (isImporting) importing = importAll(url, organiser);
    return { stop: () => undefined };
  };
  const result = await storm(stage, { urls: [node.url], ...options, tokens, beside });
  const imports = await importing;
  return { ...result, ...(imports && { imports }) };
};

async function importAll(url, token) {
  const times = {};
  for (const [name, file] of Object.entries(FILES)) {
    const body = JSON.stringify(file);
    const from = performance.now();
    const response = await fetch(`${url}/api/events/bench/schedule`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    });
    const report = await response.json();
    const counted =
      name === 'unchanged' ? report.unchanged : (report[name === 'renamed' ? 'changed' : name]?.length ?? 0);
    if (counted !== SESSIONS) throw new Error(`${name}: ${response.status} ${JSON.stringify(report).slice(0, 500)}`);
    times[name] = Math.round(performance.now() - from);
  }
  return { sessions: SESSIONS, ms: times };
}
