import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Explained } from './explained.mjs';
import { run } from './processes.mjs';

/** npm writes this file at the end of every install: it is as old as what is installed. */
const STAMP = 'node_modules/.package-lock.json';

/** Runs `npm ci` when packages are missing or older than the lock file. */
export async function ensureInstalled(root, say = console.log) {
  const stamp = join(root, STAMP);
  const lock = join(root, 'package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return false;
  say('Installing packages (npm ci), once after each change of package-lock.json …');
  // stands even where npm leaves development packages out: the build needs them
  const { code } = await run('npm', ['ci', '--include=dev', '--loglevel=error'], {
    cwd: root,
    show: true,
    timeout: 15 * 60_000,
  });
  if (code !== 0) throw new Explained('npm ci did not succeed; its own message is above.');
  return true;
}
