import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort, stop, tail } from '../../../scripts/processes.mjs';

/** A real Redis of this file, empty, on a free port of loopback, with a password. `restart` brings it back empty. */
export async function startRedis() {
  const port = await freePort();
  let server = await launch(port);
  return {
    url: `redis://:test@127.0.0.1:${port}`,
    stop: () => stop(server, 'SIGTERM'),
    kill: () => stop(server, 'SIGKILL'),
    restart: async () => {
      await stop(server, 'SIGKILL');
      server = await launch(port);
    },
    pause: () => server.kill('SIGSTOP'),
    resume: () => server.kill('SIGCONT'),
  };
}
export type TestRedis = Awaited<ReturnType<typeof startRedis>>;

async function launch(port: number): Promise<ChildProcess> {
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--requirepass',
    'test',
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = tail(server.stdout);
  const ready = new Promise<void>((resolve) =>
    server.stdout.on('data', () => said().includes('Ready to accept connections') && resolve()),
  );
  const failed = Promise.race([once(server, 'exit'), once(server, 'error')]).then(() => {
    throw new Error(`redis-server did not start; \`npm test\` installs it on Debian and Ubuntu.\n${said()}`);
  });
  failed.catch(() => undefined); // its end later is the test's doing
  await Promise.race([ready, failed]);
  return server;
}
