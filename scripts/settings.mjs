import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import { Explained } from './explained.mjs';
import { isPortFree } from './processes.mjs';

/** The settings of a start: the environment, then `.env`, then what makes the first start need none. */
export function readSettings(root, env = process.env) {
  const file = join(root, '.env');
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const given = withSecrets(
    Object.fromEntries(Object.entries({ ...written, ...env }).filter(([, value]) => value !== '')),
  );
  const isProduction = given.NODE_ENV === 'production';
  const DEMO = given.DEMO ?? (isProduction ? 'off' : 'on');
  return {
    DEMO_STAGE: isProduction || ['off', 'false', '0'].includes(DEMO) ? 'off' : 'on',
    LOG_LEVEL: isProduction ? 'info' : 'warn',
    ...given,
    DEMO,
    PLENUM_DATA: resolve(root, given.PLENUM_DATA ?? '.data'),
  };
}

/** The settings that have a file of their own, as in secret-files.ts. The API reports their errors. */
function withSecrets(given) {
  for (const name of [
    'DATABASE_URL',
    'REDIS_URL',
    'LIVEKIT_API_SECRET',
    'SIGNING_KEYS',
    'ORGANISER_PASSWORD',
    'METRICS_TOKEN',
  ]) {
    const file = given[`${name}_FILE`];
    if (!file || given[name] || !existsSync(file)) continue;
    given[name] = readFileSync(file, 'utf8').trim();
    delete given[`${name}_FILE`];
  }
  return given;
}

/** What the command line says, as settings. Refuses what it does not know: a slip of the hand must not start something else. */
export function readArguments(args) {
  const rest = [...args];
  const settings = {};
  while (rest.length > 0) {
    const [name, joined] = rest.shift().split(/=(.*)/s);
    if (name !== '--workers') throw new Explained(`There is no option ${name}. npm start -- --help lists them.`);
    const value = joined ?? rest.shift();
    if (!value) throw new Explained('--workers: how many? For example: npm start -- --workers auto');
    settings.WORKERS = value;
  }
  return settings;
}

/** Refuses wrong settings before anything is started, in the API's own words. */
export async function checkSettings(root, settings) {
  const { loadConfig, ConfigError } = await import(
    pathToFileURL(join(root, 'dist/apps/api/src/config/config.js')).href
  );
  try {
    return loadConfig({ DATABASE_URL: 'postgres://127.0.0.1/embedded', ...settings });
  } catch (error) {
    if (error instanceof ConfigError)
      throw new Explained(`Wrong settings:\n${error.message.replace(/^/gm, '  ')}\nSee .env.example.`);
    throw error;
  }
}

/** The port asked for, or the next free one when nobody asked. */
export async function choosePort(settings, { PORT, HOST }) {
  if (await isPortFree(PORT, HOST)) return PORT;
  if (settings.PORT)
    throw new Explained(
      `PORT: ${PORT} on ${HOST} is taken by another program. Stop that one, or choose another. For example: PORT=${PORT + 1}`,
    );
  for (let port = PORT + 1; port < PORT + 50; port++) if (await isPortFree(port, HOST)) return port;
  throw new Explained(`PORT: ${PORT} and the next ones on ${HOST} are all taken. For example: PORT=8080`);
}
