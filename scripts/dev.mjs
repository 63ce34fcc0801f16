// npm run dev: the API restarts and the page reloads as you save. Same data folder, PostgreSQL and LiveKit as npm start.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureBuilt } from './build.mjs';
import { takeFolder } from './data-folder.mjs';
import { ensureInstalled } from './install.mjs';
import { startPostgres } from './postgres.mjs';
import { freePort } from './processes.mjs';
import { checkSettings, readSettings } from './settings.mjs';
import { planStreams } from './streams.mjs';

const ROOT = resolve(import.meta.dirname, '..');

async function runDev() {
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT); // the settings are checked by the built API, and nest then compiles what changes
  const settings = readSettings(ROOT);
  const config = await checkSettings(ROOT, settings);
  const folder = settings.PLENUM_DATA;
  const register = await takeFolder(folder);
  const web = config.PORT;
  const api = await freePort();
  const url = `http://127.0.0.1:${web}`;
  register.remember('start', { pid: process.pid, mark: 'dev.mjs', url });

  const postgres = settings.DATABASE_URL ? null : await startPostgres(folder);
  const streams = settings.LIVEKIT_URL
    ? null
    : await planStreams({ folder, host: config.HOST, hubPort: api, register, say: console.log });
  void streams?.start();
  const env = {
    LOG_LEVEL: 'info',
    ...settings,
    ...streams?.env,
    PORT: String(api),
    PUBLIC_URL: url,
    DATABASE_URL: settings.DATABASE_URL ?? postgres.url,
    API_URL: `http://127.0.0.1:${api}`,
    NODE_OPTIONS: '--enable-source-maps',
  };
  const children = startWatchers(env, web);
  console.log(`\nOpen ${url} (API on ${api}, database ${env.DATABASE_URL})\nCtrl-C stops it.\n`);

  await new Promise((end) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);
    for (const child of children) child.once('exit', end);
  });
  await Promise.all(children.map(endGroup));
  await streams?.stop();
  await postgres?.stop();
  register.forget('start');
  register.forget('livekit');
}

/**
 * Compiles the API and the web app again as they change. Each is in a group of its own: nest runs the API as its child, and both must end
 * before the database does.
 */
function startWatchers(env, port) {
  const watch = (name, args) =>
    spawn(join(ROOT, 'node_modules/.bin', name), args, {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  const vite = ['apps/web', '--config', 'apps/web/vite.config.ts', '--host', '127.0.0.1', '--port', String(port)];
  return [
    watch('nest', ['start', 'api', '--watch', '--preserveWatchOutput']),
    watch('vite', [...vite, '--strictPort']),
  ];
}

async function endGroup({ pid }) {
  const signal = (name) => {
    try {
      return process.kill(-pid, name);
    } catch {
      return false; // nobody is left in it
    }
  };
  signal('SIGTERM');
  for (const deadline = Date.now() + 15_000; signal(0); await pause(100)) if (Date.now() > deadline) signal('SIGKILL');
}

runDev().then(
  () => process.exit(0),
  (error) => {
    console.error(error.isExplained ? error.message : error);
    process.exit(1);
  },
);
