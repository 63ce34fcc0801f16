import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { tail } from '../../scripts/processes.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
/** A measurement that takes longer than this hangs. */
const PATIENCE = 5 * 60_000;

/** Runs a measurement that prints JSON in a separate process, and returns its output. */
export function runTool(file, args) {
  const child = spawn(process.execPath, [file, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complained] = [tail(child.stdout), tail(child.stderr)];
  const stop = () => child.kill('SIGKILL');
  const timer = setTimeout(stop, PATIENCE);
  process.once('exit', stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      process.off('exit', stop);
      if (code === 0) resolve(JSON.parse(said()));
      else reject(new Error(`${file} ended with ${code}: ${complained()}`));
    });
  });
}
