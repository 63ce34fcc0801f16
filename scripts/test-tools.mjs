import { existsSync } from 'node:fs';
import { run } from './processes.mjs';

const TOOLS = [
  {
    name: 'Redis',
    packages: ['redis-server'],
    commands: ['redis-server'],
    elsewhere: 'redis-server, for example with `brew install redis`',
  },
  {
    name: 'Chromium',
    packages: ['chromium'],
    commands: [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome'],
    places: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    elsewhere: 'Chromium or Chrome; name its path with CHROMIUM when it is in an unusual place',
  },
];

/** Installs what tests need and a new Debian or Ubuntu machine lacks. Returns what is still missing, as messages for the user. */
export async function ensureTestTools(say) {
  const missing = [];
  for (const tool of TOOLS) if (!(await has(tool))) missing.push(tool);
  if (missing.length === 0) return [];
  const apt = await aptGet();
  if (apt) {
    const packages = missing.flatMap((tool) => tool.packages);
    say(`Installing ${packages.join(' and ')} with apt-get …`);
    await apt(['update', '-q']);
    const { code, output } = await apt(['install', '-y', '-q', '--no-install-recommends', ...packages]);
    if (code !== 0) say(output);
  }
  const still = [];
  for (const tool of missing) if (!(await has(tool))) still.push(`${tool.name} is missing: install ${tool.elsewhere}.`);
  return still;
}

async function has({ commands, places = [] }) {
  if (places.some((place) => existsSync(place))) return true;
  for (const command of commands)
    if (command && (await run(command, ['--version'], { timeout: 20_000 })).code === 0) return true;
  return false;
}

/** apt-get as root or through a sudo that asks nothing; null elsewhere. */
async function aptGet() {
  if ((await run('apt-get', ['--version'])).code !== 0) return null;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (await run('sudo', ['-n', 'true'])).code !== 0) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (args) =>
    run(isRoot ? 'apt-get' : 'sudo', isRoot ? args : ['-n', '-E', 'apt-get', ...args], { env, timeout: 10 * 60_000 });
}
