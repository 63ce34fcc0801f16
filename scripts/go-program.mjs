import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run } from './processes.mjs';

/**
 * A program that `go install` can build: `name` of its command, exact `version`, Go `module`, the `binary` that the module's folder
 * is named after, the arguments that make it tell its version, how long building takes, in words, and whether building leaves the
 * cores to everything else.
 * @typedef {{ name: string, version: string, module: string, binary: string, versionArgs: string[], takes: string, isPatient?: boolean }} GoProgram
 */

/** The program is not here and Go is not either. */
export class GoMissing extends Error {}

/** The program that is here already: on PATH, else a copy that was kept; or null. */
export async function findProgram(program, folder) {
  const onPath = await versionOf(program.name, program);
  if (onPath) return { command: program.name, args: [], source: `on PATH, version ${onPath}` };
  for (const kept of keptCopies(program, folder)) {
    const version = existsSync(kept) && (await versionOf(kept, program));
    if (version) return { command: kept, args: [], source: `version ${version}` };
  }
  return null;
}

/** Builds it with Go and keeps the binary; minutes. Throws GoMissing where there is no Go. */
export async function buildWithGo(program, folder, say = () => undefined) {
  const { module, version, binary, takes, isPatient } = program;
  if ((await run('go', ['version'], { timeout: 10_000 })).code !== 0) throw new GoMissing('Go is not installed');
  say(`building ${program.name} ${version} with Go, ${takes}`);
  return inDraftFolder(async (draft) => {
    const env = { ...process.env, GOBIN: draft, GOFLAGS: '' };
    const command = [...(isPatient ? ['nice', '-n', '19'] : []), 'go', 'install', `${module}@v${version}`];
    const { code, output } = await run(command[0], command.slice(1), { cwd: draft, env, timeout: 15 * 60_000 });
    if (code !== 0) throw new Error(output.split('\n').slice(-2).join(' ') || 'failed');
    return keepProgram(program, folder, join(draft, binary), `version ${version}, built with Go`);
  });
}

/** Puts a finished binary in the first place that can be written, whole or not at all. */
export async function keepProgram(program, folder, built, source) {
  const places = keptCopies(program, folder);
  for (const place of places)
    try {
      mkdirSync(dirname(place), { recursive: true });
      accessSync(dirname(place), constants.W_OK);
      copyFileSync(built, `${place}.${process.pid}`);
      chmodSync(`${place}.${process.pid}`, 0o755);
      renameSync(`${place}.${process.pid}`, place);
      if (!(await versionOf(place, program))) throw new Error('the program does not run on this machine');
      return { command: place, args: [], source };
    } catch (error) {
      if (!['EACCES', 'EROFS', 'EPERM', 'ENOENT'].includes(error.code)) throw error;
    }
  throw new Error(`no folder to keep it in: ${places.join(', ')}`);
}

/** Runs `work` with a folder that is removed afterwards. */
export async function inDraftFolder(work) {
  const draft = mkdtempSync(join(tmpdir(), 'plenum-build-'));
  try {
    return await work(draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Shared by every checkout of this account first, so that a fresh clone need not build it again. */
const keptCopies = ({ name, version }, folder) => {
  const file = `${name}-${version}`;
  return [join(cacheFolder(), file), join(resolve(folder), 'bin', file)];
};
const cacheFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plenum');

async function versionOf(command, { versionArgs }) {
  const { code, output } = await run(command, versionArgs, { timeout: 10_000 });
  return code === 0 ? (/\d+\.\d+\.\d+/.exec(output)?.[0] ?? 'unknown') : null;
}
