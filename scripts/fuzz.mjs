// npm run test:fuzz -- --seed 1 --minutes 30: hostile input at the built hub. --rounds 1 repeats the round of a finding by its seed.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureTestTools } from './test-tools.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1_000)) },
    minutes: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '' },
  },
});

await ensureInstalled(ROOT);
const missing = await ensureTestTools(console.log);
if (missing.length > 0) throw new Error(missing.join('\n'));
await ensureBuilt(ROOT, console.log);

const child = spawn(process.execPath, [...JEST, '--selectProjects', 'fuzz', '--runInBand', '--forceExit'], {
  cwd: ROOT,
  env: { ...process.env, FUZZ_SEED: options.seed, FUZZ_MINUTES: options.minutes, FUZZ_ROUNDS: options.rounds },
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => process.exit(code ?? 1));
