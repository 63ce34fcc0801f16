// Runs a command of tools/, built first where its sources changed: node scripts/tool.mjs import/import …
// The commands are TypeScript and run as built JavaScript, because Node 20 cannot read TypeScript itself.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { isRunning, readJson } from './processes.mjs';
import { readSettings } from './settings.mjs';

const ROOT = resolve(import.meta.dirname, '..');
/** Where only the packages of production are installed, what was built elsewhere runs as it is. */
const COMPILER = 'node_modules/@nestjs/cli/package.json';

async function runTool(name, args) {
  const built = join(ROOT, 'dist/tools', `${name}.js`);
  const canBuild = existsSync(join(ROOT, COMPILER));
  if (canBuild || !existsSync(built)) await ensureBuilt(ROOT, (text) => console.error(text), ['API']);
  const { main } = await import(pathToFileURL(built).href);
  return main({
    args,
    calledFrom: process.env.INIT_CWD ?? process.cwd(),
    readSettings: () => readSettings(ROOT),
    findRunningHub,
  });
}

/** The address of the hub that runs from a data folder, whatever port it got; null when none runs. */
function findRunningHub(dataFolder) {
  const running = readJson(join(dataFolder, 'running/start.json'));
  return running?.url && isRunning(running.pid, running.mark) ? running.url : null;
}

const [name, ...args] = process.argv.slice(2);
runTool(name, args)
  .then((code) => (process.exitCode = code ?? 0))
  .catch((error) => {
    console.error(error.isExplained ? error.message : error);
    process.exitCode = error.exitCode ?? 1;
  });
