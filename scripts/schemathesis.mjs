import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Explained } from './explained.mjs';
import { run } from './processes.mjs';

/** Newer versions find more and call things by other names: raised on purpose, never by itself. */
export const SCHEMATHESIS_VERSION = '4.32.5';
const MINUTE = 60_000;

/** The command of Schemathesis, installed from PyPI into `folder` when it is not there in this version. */
export async function ensureSchemathesis(folder, say = console.log) {
  const home = join(folder, `schemathesis-${SCHEMATHESIS_VERSION}`);
  const command = join(home, 'bin/schemathesis');
  if (existsSync(command) && (await isRight(command))) return command;
  say(`Installing Schemathesis ${SCHEMATHESIS_VERSION} from PyPI …`);
  await must(await findPython(), ['-m', 'venv', '--clear', home], 'Python cannot make a virtual environment');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await must(join(home, 'bin/python'), [...pip, `schemathesis==${SCHEMATHESIS_VERSION}`], 'PyPI gave no Schemathesis');
  return command;
}

async function isRight(command) {
  const { code, output } = await run(command, ['--version'], { timeout: MINUTE });
  return code === 0 && output.includes(SCHEMATHESIS_VERSION);
}

async function findPython() {
  const isNewEnough = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';
  for (const command of ['python3', 'python']) if ((await run(command, ['-c', isNewEnough])).code === 0) return command;
  throw new Explained(
    'Schemathesis needs Python 3.10 or later with its venv module. Install it, for example with `apt-get install python3-venv` or `brew install python`.',
  );
}

async function must(command, args, problem) {
  const { code, output } = await run(command, args, { timeout: 10 * MINUTE });
  if (code !== 0) throw new Explained(`${problem}:\n${output}`);
}
