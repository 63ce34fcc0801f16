import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Explained } from './explained.mjs';
import { run } from './processes.mjs';

/** What each half is built from. Contents are compared, not times: a checkout gives every file a new time. */
const PARTS = [
  {
    name: 'API',
    output: 'dist',
    script: 'build:api',
    sources: ['apps/api', 'libs', 'tools', 'nest-cli.json'],
    entry: 'apps/api/src/main.js',
  },
  {
    name: 'web app',
    output: 'dist-web',
    script: 'build:web',
    sources: ['apps/web', 'libs/domain', 'libs/contract', 'libs/client'],
    entry: 'index.html',
  },
];
const COMMON = ['package.json', 'package-lock.json', 'tsconfig.json'];

/** Builds the API (with the tools) and the web app where sources changed since the last build; a few milliseconds otherwise. */
export async function ensureBuilt(root, say = console.log, names = PARTS.map(({ name }) => name)) {
  for (const part of PARTS.filter(({ name }) => names.includes(name))) {
    const stamp = join(root, part.output, '.built-from');
    const now = fingerprint(root, [...COMMON, ...part.sources]);
    const isFresh =
      existsSync(join(root, part.output, part.entry)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now;
    if (isFresh) continue;
    say(`Building the ${part.name} …`);
    const { code, output } = await run('npm', ['run', '--silent', part.script], { cwd: root, timeout: 10 * 60_000 });
    if (code !== 0) throw new Explained(`The ${part.name} could not be built:\n${output}`);
    writeFileSync(stamp, now);
  }
}

function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((path) => filesUnder(root, path)).sort())
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesUnder(root, path) {
  if (/\.(js|json)$/.test(path)) return [path];
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
}
