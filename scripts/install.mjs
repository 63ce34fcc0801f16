import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Explained } from './explained.mjs';
import { readJson, run } from './processes.mjs';

/** npm writes this file at the end of every install: what is in node_modules, in the words of the lock file. */
const INSTALLED = 'node_modules/.package-lock.json';

/** Runs `npm ci` when packages are missing or others than the lock file names. */
export async function ensureInstalled(root, say = console.log) {
  if (isInstalled(join(root, 'package-lock.json'), join(root, INSTALLED))) return;
  say('Installing packages (npm ci), once after each change of package-lock.json …');
  // development packages also where NODE_ENV=production leaves them out: the build needs them
  // no package needs its install script: PostgreSQL's links are made by scripts/postgres.mjs
  const args = ['ci', '--include=dev', '--ignore-scripts', '--loglevel=error'];
  const { code } = await run('npm', args, { cwd: root, show: true, timeout: 15 * 60_000 });
  if (code !== 0) throw new Explained('npm ci did not succeed; its own message is above.');
}

/** A lock file that is merely younger, as after every checkout, is compared package by package. Optional ones depend on the platform. */
function isInstalled(lockFile, installedFile) {
  if (!existsSync(installedFile)) return false;
  if (statSync(installedFile).mtimeMs >= statSync(lockFile).mtimeMs) return true;
  const installed = readJson(installedFile)?.packages ?? {};
  return Object.entries(readJson(lockFile)?.packages ?? {}).every(
    ([place, { version, optional }]) => place === '' || optional || installed[place]?.version === version,
  );
}
