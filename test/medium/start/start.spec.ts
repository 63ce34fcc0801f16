import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { freePort, isRunning, tail } from '../../../scripts/processes.mjs';
import { until } from '../../support/until.js';

jest.setTimeout(180_000);
let folder: string;
let port: number;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-start-'));
  await chmod(folder, 0o755); // as root, the database runs under another account
  port = await freePort();
});
afterAll(async () => {
  for (const child of started) if (child.exitCode === null) child.kill('SIGTERM');
  await until(
    'every start to end',
    () => started.every((child) => child.exitCode !== null || child.signalCode !== null),
    40_000,
  );
  await rm(folder, { recursive: true, force: true });
});

/** `npm start` without npm, away from this machine's settings. */
function start(env: Record<string, string> = {}) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { PATH, HOME, PLENUM_DATA: join(folder, 'data'), PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const said = [tail(child.stdout), tail(child.stderr)];
  const output = () => said.map((words) => words()).join('\n');
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const isOpen = () =>
    until(
      'the block',
      () => {
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}:\n${output()}`);
        return output().includes('Ctrl-C');
      },
      120_000,
    );
  return { child, output, ended, isOpen };
}

it('prints where to open it, is the only one in its folder, keeps everything over a stop and ends every process (START-1, START-3, START-8)', async () => {
  const first = start();
  await first.isOpen();
  const url = `http://127.0.0.1:${port}`;
  for (const words of [url, '/demo/attendee', '/demo/moderator', '/demo/speaker', '/present/', 'PostgreSQL', 'Streams'])
    expect(first.output()).toContain(words);
  const { slug } = ((await (await fetch(`${url}/api/events`)).json()) as [{ slug: string }])[0];
  const signIn = await fetch(`${url}/api/auth/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ event: slug, role: 'moderator', name: 'Ada' }),
  });
  const { token, actor } = (await signIn.json()) as { token: string; actor: { id: string } };
  const running = await Promise.all(
    ['api', 'livekit'].map(
      async (name) =>
        JSON.parse(await readFile(join(folder, 'data/running', `${name}.json`), 'utf8').catch(() => '{}')) as {
          pid: number;
          mark: string;
        },
    ),
  );

  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  for (const { pid, mark } of running) expect(isRunning(pid, mark)).toBe(false);

  const second = start();
  await second.isOpen();
  const me = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
  expect(await me.json()).toMatchObject({ actor: { id: actor.id, name: 'Ada', role: 'moderator' } });

  const third = start({ PORT: String(await freePort()) });
  expect(await third.ended).toBe(1);
  expect(third.output()).toContain(`already runs from ${join(folder, 'data')}`);
  expect(third.output()).toContain(url);
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
});

it('refuses wrong settings by name, with an example and no stack (START-2)', async () => {
  const { ended, output } = start({ PORT: 'eighty', REDIS_URL: 'localhost' });
  expect(await ended).toBe(1);
  expect(output()).toMatch(/PORT: .*For example: PORT=3000/);
  expect(output()).toMatch(/REDIS_URL: .*For example: REDIS_URL=/);
  expect(output()).not.toMatch(/^\s+at /m);
});

it('refuses a PORT that is taken (START-14)', async () => {
  const other = createServer().listen(port, '127.0.0.1');
  await until('the other program to listen', () => other.listening);
  const { ended, output } = start();
  expect(await ended).toBe(1);
  expect(output()).toMatch(new RegExp(`PORT: ${port} .*taken`));
  await new Promise((resolve) => other.close(resolve));
});

it('refuses a demo in production (START-12)', async () => {
  const { ended, output } = start({ NODE_ENV: 'production', DEMO: 'on', PUBLIC_URL: 'https://plenum.example.org' });
  expect(await ended).toBe(1);
  expect(output()).toContain('DEMO:');
});
