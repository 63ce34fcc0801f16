import { add, newCount, summarise, table } from './report.mjs';

const call = (status: number, method = 'GET', uri = 'http://127.0.0.1:1/api/events/ai-week') => ({
  request: { method, uri },
  response: { status_code: status },
});
const scenario = (phase: string, label: string, interactions: object[], checks: object[] = []) => ({
  ScenarioFinished: { phase, recorder: { label, interactions: { ...interactions }, checks: { case: checks } } },
});

function count(...events: object[]) {
  const counted = newCount();
  for (const event of events) add(counted, event);
  return summarise(counted);
}

it('counts cases, operations that answered well, 5xx and failed checks (SEC-75)', () => {
  const failed = { name: 'not_a_server_error', status: 'failure' };
  const found = count(
    { Initialize: {} },
    { ScenarioFinished: { phase: 'examples', recorder: { label: 'GET /api/me' } } },
    scenario('fuzzing', 'GET /api/events/{slug}', [call(200), call(404)]),
    scenario('coverage', 'POST /api/events', [call(500)], [failed, { name: 'ignored_auth', status: 'success' }]),
  );
  expect(found).toEqual({
    cases: 3,
    operations: 2,
    reached: 1,
    failures: { not_a_server_error: 1 },
    serverErrors: 1,
    phases: ['fuzzing', 'coverage'],
  });
});

it('tells the calls of a stateful scenario apart by their paths', () => {
  const room = 'http://127.0.0.1:1/api/rooms/3f0c/token';
  const calls = [call(200), call(200, 'POST', room), call(404, 'GET', 'http://127.0.0.1:1/api/hub')];
  expect(count(scenario('stateful', 'Stateful tests', calls))).toMatchObject({ operations: 3, reached: 2, cases: 3 });
});

it('shows a row for each role, and a run that did not finish as such', () => {
  const row = { operations: 36, reached: 3, cases: 900, serverErrors: 0, failures: {}, isClean: true };
  const lines = table([
    { ...row, role: 'guest' },
    { ...row, role: 'speaker', failures: { ignored_auth: 2 }, isClean: false },
    { ...row, role: 'moderator', isClean: false },
  ]).split('\n');
  expect(lines.slice(2)).toEqual([
    '| guest | 36 | 3 | 900 | 0 | none |',
    '| speaker | 36 | 3 | 900 | 0 | ignored_auth 2 |',
    '| moderator | 36 | 3 | 900 | 0 | did not finish |',
  ]);
});
