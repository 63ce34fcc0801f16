// npm leaves a platform's optional package out of package-lock.json when the registry at hand does not carry it, and `npm ci` then fails
// everywhere. This adds the missing entries from what the parent asks for. Run it after every change of dependencies: npm run lock:fill
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = process.argv[2] ?? 'package-lock.json';
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'windows',
];
const MACHINES = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];
const CLIBS = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = [];
for (const [place, parent] of Object.entries(lock.packages)) {
  for (const [name, wanted] of Object.entries(parent.optionalDependencies ?? {})) {
    if (findInstalled(place, name)) continue;
    const version = /^[~^]?(\d+\.\d+\.\d+\S*)$/.exec(wanted)?.[1];
    const platform = platformOf(name);
    if (!version || !platform) continue;
    lock.packages[`node_modules/${name}`] = { version, ...platform, ...(parent.dev && { dev: true }), optional: true };
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
if (added.length > 0) writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? `${FILE} is complete.` : `Added to ${FILE}:\n  ${added.join('\n  ')}`);

/** Looks where Node would: in the parent's own folder, then in each folder above. Entries without a version are npm's half-made ones. */
function findInstalled(place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder ? `${folder}/` : ''}node_modules/${name}`;
    if (lock.packages[path]?.version) return true;
    delete lock.packages[path];
    if (!folder) return false;
  }
}

/** What npm decides by whether to fetch a package: taken from its name, such as `@swc/core-linux-arm64-musl`. */
function platformOf(name) {
  const words = name.split(/[-/.]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = MACHINES.find((machine) => words.includes(machine));
  const libc = Object.entries(CLIBS).find(([word]) => words.includes(word))?.[1];
  if (!os && !cpu) return null;
  return {
    ...(os && { os: [os === 'windows' ? 'win32' : os] }),
    ...(cpu && { cpu: [cpu] }),
    ...(libc && os === 'linux' && { libc: [libc] }),
  };
}
