import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { item, scheduleFile } from '../../support/records/schedule-files.js';

const LOGIN = 'organiser@example.org';
const [FIRST, OWN] = ['the-first-password', 'a-password-of-my-own'] as const;

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-import-'));
  hub = await startHub({ env: { DEMO: 'on', ORGANISER_LOGIN: LOGIN, ORGANISER_PASSWORD: FIRST } });
}, 60_000);
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

const LAUNCHER = resolve(import.meta.dirname, '../../../scripts/tool.mjs');

/** Runs `npm run import -- …` with no settings but these. */
async function run(args: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; output: string }>((done) => {
    execFile(
      process.execPath,
      [LAUNCHER, 'import/import', ...args],
      { env: { PATH: process.env.PATH, PORT: '1', ...env } },
      (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
}

async function write(body: unknown): Promise<string> {
  const file = join(folder, 'schedule.json');
  await writeFile(file, typeof body === 'string' ? body : JSON.stringify(body));
  return file;
}

describe('npm run import', () => {
  it('signs in with a token and says what it did (IMP-1)', async () => {
    const event = await hub.make.event({ starts_at: '2026-03-16T00:00:00Z', ends_at: '2026-03-21T00:00:00Z' });
    const organiser = await hub.make.actor({ event_id: event.id, role: 'organiser' });
    const env = { PLENUM_TOKEN: await api(hub).tokenOf(organiser.id), PUBLIC_URL: hub.url };
    const file = await write(scheduleFile({ Plenary: [item(), item({ duration: 'long' })] }));
    const args = [file, '--event', String(event.slug)];
    const refused = await run(args, env);
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringContaining('ERROR   schedule.conference.days[0].rooms["Plenary"][1].duration'),
    });
    expect(refused.output).toContain('Nothing was changed: 1 part of the file cannot be used.');
    expect(await run([...args, '--dry-run'], env)).toMatchObject({
      code: 0,
      output: expect.stringContaining('dry run'),
    });
    expect(await run([...args, '--partial'], env)).toMatchObject({
      code: 0,
      output: expect.stringContaining('Sessions: 1 created, 0 changed, 0 moved, 0 cancelled, 0 unchanged.\nImported.'),
    });
    expect((await run([...args, '--partial'], env)).output).toContain(
      '0 created, 0 changed, 0 moved, 0 cancelled, 1 unchanged',
    );
  }, 60_000);

  it('creates the event of a file, by an organiser of the hub (PROG-4)', async () => {
    const whole = await hub.make.actor({
      event_id: null,
      kind: 'account',
      role: 'organiser',
      login: 'whole',
      password_hash: 'x',
    });
    const env = { PLENUM_TOKEN: await api(hub).tokenOf(whole.id) };
    const file = await write(scheduleFile({ Plenary: [item()] }));
    const made = await run([file, '--event', 'made-by-import', '--create', '--url', hub.url], env);
    expect(made).toMatchObject({
      code: 0,
      output: expect.stringContaining('Created the event made-by-import: Test week'),
    });
    expect((await api(hub).call('GET', '/api/events/made-by-import')).body).toMatchObject({
      title: 'Test week',
      sessions: [{ title: 'Opening' }],
    });
  }, 60_000);

  it('signs in as the demo’s organiser in demo mode', async () => {
    const exported = (await api(hub).call('GET', '/api/events/ai-week/schedule.json')).body as unknown;
    const result = await run([await write(exported), '--event', 'ai-week', '--url', hub.url]);
    expect(result).toMatchObject({ code: 0, output: expect.stringContaining('32 unchanged') });
  }, 60_000);

  it('creates an event on a demo, as the second thing that a new user tries (START-22, IMP-31)', async () => {
    const conference = { time_zone_name: 'Europe/Brussels', languages: ['fr', 'nl'] };
    const file = await write(scheduleFile({ Plenary: [item()] }, conference));
    const args = [file, '--event', 'my-own-week', '--create', '--url', hub.url];
    expect(await run([...args, '--dry-run'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('16 March 2026 to 20 March 2026 (Europe/Brussels), in fr, nl.'),
    });
    expect(await api(hub).call('GET', '/api/events/my-own-week')).toMatchObject({ status: 404 });
    expect(await run(args.filter((arg) => arg !== '--create'))).toMatchObject({
      code: 1,
      output: expect.stringContaining('--create'),
    });
    expect(await run(args)).toMatchObject({
      code: 0,
      output: expect.stringContaining(`It is at ${hub.url}/my-own-week`),
    });
    expect((await api(hub).call('GET', '/api/events/my-own-week')).body).toMatchObject({
      timeZone: 'Europe/Brussels',
      languages: ['fr', 'nl'],
      start: '2026-03-15T23:00:00.000Z',
      end: '2026-03-20T22:59:59.000Z',
      sessions: [{ title: 'Opening' }],
    });
  }, 60_000);

  it('lists what it would cancel and asks for --allow-cancel (IMP-16)', async () => {
    const sessions = [item(), item({ date: '2026-03-16T12:00:00+01:00', title: 'Second' })];
    const args = ['--event', 'cancelling', '--url', hub.url];
    await run([await write(scheduleFile({ Plenary: sessions })), ...args, '--create']);
    const file = await write(scheduleFile({ Plenary: sessions.slice(0, 1) }));
    expect(await run([file, ...args])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/2026-03-16 11:00 UTC {2}Second\n.*cancel 1 of 2[^]*--allow-cancel/),
    });
    expect(await run([file, ...args, '--allow-cancel'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 cancelled'),
    });
  }, 60_000);

  it('says exactly what to do about the first password of the organiser (START-23)', async () => {
    const file = await write(scheduleFile({ Plenary: [item()] }));
    const command = [file, '--event', 'of-the-organiser', '--create', '--url', hub.url];
    const env = { ORGANISER_LOGIN: LOGIN, ORGANISER_PASSWORD: FIRST };
    const refused = await run(command, env);
    expect(refused.code).toBe(1);
    for (const words of [`open ${hub.url}/sign-in`, LOGIN, 'choose a password of your own', 'ORGANISER_PASSWORD='])
      expect(refused.output).toContain(words);
    const { token } = (await api(hub).call('POST', '/api/auth/password', null, { login: LOGIN, password: FIRST }))
      .body as { token: string };
    const changed = await fetch(`${hub.url}/api/auth/password/change`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ current: FIRST, next: OWN }),
    });
    expect(changed.status).toBe(200);
    expect(await run(command, env)).toMatchObject({ code: 1, output: expect.stringContaining(`${hub.url}/sign-in`) });
    expect(await run(command, { ...env, ORGANISER_PASSWORD: OWN })).toMatchObject({ code: 0 });
  }, 60_000);

  it('explains what it needs, what it cannot read and whom it cannot reach, without a stack', async () => {
    const file = await write('{');
    const results = [await run([]), await run(['no-such.json', '--event', 'x']), await run([file, '--event', 'x'])];
    const unreachable = await run([await write({}), '--event', 'x', '--url', 'http://127.0.0.1:1']);
    for (const { code, output } of [...results, unreachable]) {
      expect(code).toBe(1);
      expect(output).not.toMatch(/ {2,}at /);
    }
    expect(results.map(({ output }) => output)).toEqual([
      expect.stringContaining('Usage'),
      expect.stringContaining('no such file'),
      expect.stringContaining('not JSON'),
    ]);
    expect(unreachable.output).toContain('Is it running?');
  }, 60_000);
});
