import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureBuilt } from './build.mjs';
import { takeFolder } from './data-folder.mjs';
import { ensureInstalled } from './install.mjs';
import { startPostgres } from './postgres.mjs';
import { stop } from './processes.mjs';
import { checkSettings, choosePort, readArguments, readSettings } from './settings.mjs';
import { planStreams } from './streams.mjs';
import { welcome } from './welcome.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const MAIN = 'dist/apps/api/src/main.js';
/** How long the API may take to answer what it accepted; it gives up by itself before that. */
const API_PATIENCE = 25_000;

/** Runs the hub until a signal or the API's end, and returns the exit code. */
export async function runHub(args = []) {
  const asked = readArguments(args);
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT);
  const settings = { ...readSettings(ROOT), ...asked };
  const config = await checkSettings(ROOT, settings);
  const folder = settings.PLENUM_DATA;
  const register = await takeFolder(folder);
  const port = await choosePort(settings, config);
  const url = settings.PUBLIC_URL ? config.publicUrl : config.publicUrl.replace(/:\d+$/, `:${port}`);
  register.remember('start', { pid: process.pid, mark: 'start.mjs', url });

  const ending = untilSignal();
  const parts = { postgres: null, streams: null, api: null };
  try {
    return await serve({ folder, settings, config, register, port, url, ending }, parts);
  } finally {
    await stopAll(parts);
    register.forget('api');
    register.forget('livekit');
    register.forget('start');
  }
}

/**
 * Starts PostgreSQL, the streams and the API, and puts each into `parts` as soon as it runs. Returns the exit code once a signal or the
 * API's own end has ended it.
 */
async function serve({ folder, settings, config, register, port, url, ending }, parts) {
  parts.postgres = settings.DATABASE_URL ? null : await startPostgres(folder);
  if (!settings.LIVEKIT_URL) parts.streams = await planStreams({ folder, host: config.HOST, hubPort: port, register });
  void parts.streams?.start();
  parts.api = startApi({
    ...settings,
    ...parts.streams?.env,
    PORT: String(port),
    DATABASE_URL: settings.DATABASE_URL ?? parts.postgres.url,
  });
  register.remember('api', { pid: parts.api.child.pid, mark: MAIN });
  process.on('SIGUSR2', () => parts.api.child.kill('SIGUSR2'));
  const isUp = await Promise.race([
    untilReady(port, config.HOST),
    parts.api.ended.then(() => false),
    ending.then(() => false),
  ]);
  if (isUp) {
    await Promise.race([untilStreaming(parts.streams), pause(2_000)]);
    console.log(await welcome({ url, settings, config, postgres: parts.postgres, streams: parts.streams }));
    tellChanges(parts.streams);
  }
  const code = await Promise.race([ending, parts.api.ended]);
  if (code !== 0 && isUp) console.error(`The API ended by itself (${code}); stopping the rest.`);
  return code;
}

/** The first signal ends the hub in order; from the second on, the API gets no more time. */
function untilSignal() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(0));
  });
}

function startApi(settings) {
  const isProduction = settings.NODE_ENV === 'production';
  // detached: a Ctrl-C in the terminal reaches this process only, which then stops the API, LiveKit and PostgreSQL in order
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    cwd: ROOT,
    env: settings,
    detached: true,
    stdio: ['ignore', isProduction ? 'inherit' : 'pipe', 'inherit'],
  });
  if (!isProduction) void readably(child.stdout);
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
  return { child, ended };
}

/** Log lines for people; machines read the JSON of a production start. */
async function readably(lines) {
  const { default: pretty } = await import('pino-pretty');
  lines.pipe(
    pretty({ colorize: process.stdout.isTTY, ignore: 'pid,hostname,name', translateTime: 'SYS:HH:MM:ss', sync: true }),
  );
}

async function untilReady(port, host) {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' || host === '::1' ? '[::1]' : host;
  for (;;) {
    const answer = await fetch(`http://${address}:${port}/api/health/ready`, {
      signal: AbortSignal.timeout(2_000),
    }).catch(() => null);
    if (answer?.ok) return true;
    await pause(100);
  }
}

async function untilStreaming(streams) {
  while (streams?.state().state === 'preparing') await pause(50);
}

/** Says once more how the streams are when they were not ready at first. */
async function tellChanges(streams) {
  if (streams?.state().state !== 'preparing') return;
  await untilStreaming(streams);
  const { state, source, reason } = streams.state();
  console.log(state === 'ready' ? `Streams are ready (LiveKit ${source}).` : `No streams: ${reason}`);
}

async function stopAll({ postgres, streams, api }) {
  if (api && api.child.exitCode === null) console.log('Stopping …');
  const hurry = () => api?.child.kill('SIGKILL');
  process.on('SIGINT', hurry);
  await stop(api?.child, 'SIGTERM', API_PATIENCE);
  process.off('SIGINT', hurry);
  await streams?.stop();
  await postgres?.stop();
}
