import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Explained } from './explained.mjs';
import { childRegister, isRunning } from './processes.mjs';

/** One start per data folder: a second one would take the first one's database for an orphan. */
export async function takeFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    const register = childRegister(resolve(folder, 'running'));
    const other = register.read('start');
    if (other && other.pid !== process.pid && isRunning(other.pid, other.mark))
      throw new Explained(
        `Plenum already runs from ${folder} (process ${other.pid}): ${other.url}\nStop it first, or start another one with its own folder. For example: PLENUM_DATA=.data-two npm start`,
      );
    await register.stopOrphans(['start']);
    return register;
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM')
      throw new Explained(
        `PLENUM_DATA: ${folder} cannot be written (${error.code}). For example: PLENUM_DATA=/tmp/plenum`,
      );
    throw error;
  }
}
