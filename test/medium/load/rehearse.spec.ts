import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { tail } from '../../../scripts/processes.mjs';
import { startHubProcesses, type HubProcesses } from '../../support/hub/hub-process.js';
import { until } from '../../support/until.js';

const KEYS = 'test:a-random-text-of-32-characters-or-more';
const SMALL = ['--event', 'ai-week', '--people', '50', '--votes', '20', '--minutes', '0.1'];

let hub: HubProcesses;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-rehearse-'));
  hub = await startHubProcesses({ env: { SIGNING_KEYS: KEYS } });
}, 60_000);
afterAll(async () => {
  await hub?.close();
  await rm(folder, { recursive: true, force: true });
});

const LAUNCHER = resolve(import.meta.dirname, '../../../scripts/tool.mjs');
const COMMANDS: Record<string, string> = { rehearse: 'rehearsal/rehearse', tokens: 'tokens/tokens' };
const command = (name: string) => [LAUNCHER, COMMANDS[name] ?? name];
const settings = (more: Record<string, string> = {}) => ({
  PATH: process.env.PATH,
  DATABASE_URL: hub.database.url,
  SIGNING_KEYS: KEYS,
  ...more,
});

/** Runs one of the commands with the settings of the hub and no others. */
function run(name: string, args: readonly string[], more?: Record<string, string>) {
  return new Promise<{ code: number; said: string; told: string }>((done) => {
    execFile(process.execPath, [...command(name), ...args], { env: settings(more) }, (error, said, told) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, said, told }),
    );
  });
}

const rehearse = (args: readonly string[], more?: Record<string, string>) =>
  run('rehearse', [...args, '--url', hub.url], more);

const everything = () =>
  hub.database.query(
    `SELECT (SELECT count(*)::int FROM event) AS events, (SELECT count(*)::int FROM session) AS sessions, (SELECT count(*)::int FROM question) AS questions,
       (SELECT count(*)::int FROM question_vote) AS votes, (SELECT count(*)::int FROM actor) AS actors`,
  );

describe('npm run rehearse', () => {
  it('lets people in, lets them vote, reports it in words, and leaves nothing behind (LOAD-1, LOAD-4, LOAD-5)', async () => {
    const before = await everything();
    const { code, said, told } = await rehearse(SMALL);
    expect({ code, told }).toEqual({ code: 0, told: expect.stringContaining('50 of 50 people are in') });
    expect(said).toMatch(/^People +50 of 50 came in within/m);
    expect(said).toMatch(/^Votes +(\d+) sent, \1 acknowledged, 0 refused, 0 without an answer$/m);
    expect(said).toMatch(/^Answered +half within .*, 99 % within .* ms/m);
    expect(said).toMatch(/^Visible +half within .*, 99 % within .* ms/m);
    expect(said).toMatch(/^Kept +0 lost, 0 doubled \(by the \d+ votes in PostgreSQL\)$/m);
    expect(said).toMatch(/^Hub +event loop p99 .*, tick .*, commit p99/m);
    expect(said).toContain('This hub carried 50 people with 20 votes/s for 6 s');
    expect(await everything()).toEqual(before);
  }, 60_000);

  it('is never in the programme while it runs, and ends in order with its report when it is interrupted (LOAD-4, LOAD-6)', async () => {
    const before = await everything();
    const args = [...SMALL.slice(0, -1), '1', '--url', hub.url];
    const child = spawn(process.execPath, [...command('rehearse'), ...args], { env: settings(), stdio: 'pipe' });
    const said = tail(child.stdout);
    child.stderr.resume();
    const ended = new Promise((done) => child.once('exit', done));
    const votes = `SELECT 1 FROM question_vote JOIN question q ON q.id = question_id JOIN session s ON s.id = session_id
      JOIN event e ON e.id = event_id WHERE e.slug LIKE 'rehearsal-%' LIMIT 1`;
    const hasVotes = async () => (await hub.database.query(votes)).length > 0;
    await until('votes at the rehearsal', hasVotes, 30_000);
    const listed = await Promise.all(
      ['/api/events', '/api/events/ai-week'].map(async (path) => (await fetch(hub.url + path)).text()),
    );
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(said()).toContain('Stopped early');
    expect(said()).toMatch(/^Kept +0 lost, 0 doubled/m);
    expect(listed.join('')).toContain('ai-week');
    expect(listed.join('')).not.toMatch(/rehearsal/i);
    expect(await everything()).toEqual(before);
  }, 60_000);

  it('takes tokens of a hub whose database is out of reach, and compares with the totals (LOAD-5)', async () => {
    const [event] = await hub.database.query<{ id: string }>(`SELECT id FROM event WHERE slug = 'ai-week'`);
    const room = await hub.make.room({ event_id: event!.id });
    const session = await hub.make.session({
      event_id: event!.id,
      room_id: room.id,
      slug: 'the-day-before',
      version: 1,
      session_version: 1,
    });
    await hub.make.question({ session_id: session.id, version: 1, score_version: 1 });
    const tokens = join(folder, 'tokens.txt');
    await writeFile(tokens, (await run('tokens', ['--event', 'ai-week', '--count', '20'])).said);
    const args = ['--people', '20', '--votes', '10', '--minutes', '0.1', '--event', 'ai-week'];
    const remote = { DATABASE_URL: '', SIGNING_KEYS: '', PLENUM_DATA: folder };
    const { code, said } = await rehearse([...args, '--session', 'the-day-before', '--tokens', tokens], remote);
    expect(said).toMatch(/^Kept +0 lost, 0 doubled \(by the session's final totals/m);
    expect(code).toBe(0);
  }, 60_000);

  it('refuses production unless it is said twice, and other machines without a word (LOAD-3)', async () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'http://127.0.0.1:1' };
    for (const [more, args] of [
      [production, SMALL],
      [production, [...SMALL, '--really']],
      [{ ...production, REHEARSAL: 'on' }, SMALL],
    ] as const)
      expect(await rehearse(args, more)).toMatchObject({ code: 2, told: expect.stringContaining('REHEARSAL=on') });
    const elsewhere = await run('rehearse', [...SMALL, '--url', 'https://plenum.example.org']);
    expect(elsewhere).toMatchObject({ code: 2, told: expect.stringContaining('not this machine') });
  }, 60_000);

  it('explains wrong arguments, and what it cannot reach, without a stack (LOAD-6)', async () => {
    const wrong: [readonly string[], string][] = [
      [[], '--event is missing'],
      [['--event', 'x', '--people', '0', '--votes', '1', '--minutes', '1'], '--people is 1 to 50,000'],
      [['--event', 'x', '--people', '1.5', '--votes', '1', '--minutes', '1'], '--people is a whole number'],
      [['--event', 'x', '--people', '1', '--votes', '20001', '--minutes', '1'], '--votes is 1 to 20,000'],
      [['--event', 'x', '--people', '1', '--votes', '1', '--minutes', 'ten'], '--minutes is 0.1 to 60'],
      [[...SMALL, '--url', 'ftp://127.0.0.1'], '--url begins with http'],
      [[...SMALL, '--tokens', '-'], '--tokens needs --session'],
      [[...SMALL, '--tokens', '/no/such', '--session', 'x'], 'cannot be read'],
      [[...SMALL, '--no-such-option'], 'no-such-option'],
    ];
    for (const [args, problem] of wrong) {
      const { code, told } = await run('rehearse', args);
      expect({ code, told }).toEqual({ code: 2, told: expect.stringContaining(problem) });
      expect(told).not.toMatch(/ {2,}at /);
    }
    const nobody = await run('rehearse', [...SMALL, '--url', 'http://127.0.0.1:1']);
    expect(nobody).toMatchObject({ code: 1, told: expect.stringContaining('Is it running?') });
    const unknown = await rehearse(['--event', 'no-such-event', ...SMALL.slice(2)]);
    expect(unknown).toMatchObject({ code: 1, told: expect.stringContaining('This hub has: ai-week') });
  }, 60_000);
});

describe('npm run tokens', () => {
  const tokensOf = async (count: number) =>
    (await run('tokens', ['--event', 'ai-week', '--count', String(count)])).said.split('\n').filter(Boolean);
  const personOf = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sub: string }).sub;

  it('prints tokens of different people that the hub takes, and of the same people again (LOAD-2)', async () => {
    const [few, more] = [await tokensOf(3), await tokensOf(5)];
    expect(new Set(more.map(personOf)).size).toBe(5);
    expect(more.slice(0, 3).map(personOf)).toEqual(few.map(personOf));
    for (const token of more) {
      const answer = await fetch(`${hub.url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(200);
    }
  }, 60_000);

  it('refuses production unless it is said twice (LOAD-3)', async () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'http://127.0.0.1:1' };
    const once = await run('tokens', ['--event', 'ai-week', '--really'], production);
    expect(once).toMatchObject({ code: 1, said: '', told: expect.stringContaining('REHEARSAL=on') });
    const twice = await run('tokens', ['--event', 'ai-week', '--count', '2', '--really'], {
      ...production,
      REHEARSAL: 'on',
    });
    expect(twice.said.split('\n').filter(Boolean)).toHaveLength(2);
  }, 60_000);
});
