import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The packages of package-lock.json, each with its place in node_modules and its own name, also where it stands under another. */
export function readLock(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, entry]) => ({ name: place.slice(place.lastIndexOf('node_modules/') + 13), ...entry, place }));
}

/** Where the hub runs and is built: for other machines some registries carry no package, and `lock:fill` writes it without its hash. */
const OURS = { os: 'linux', cpu: ['x64', 'arm64'] };
const isForeign = ({ os = [OURS.os], cpu = OURS.cpu, optional }) =>
  optional && !(os.includes(OURS.os) && cpu.some((one) => OURS.cpu.includes(one)));

/** What is wrong with a lock: a package whose contents are not pinned, that comes from elsewhere, or that runs a script nobody judged. */
export function problemsOfLock(lock, judgedScripts) {
  return lock.flatMap((entry) => {
    const { place, name, version, resolved, integrity, link, hasInstallScript, dev } = entry;
    const isPinned = /^sha512-/.test(integrity ?? '') || (isForeign(entry) && dev && !integrity);
    return [
      resolved && `${place}: names where it comes from (${resolved}); the registry of the installation decides that`,
      link && `${place}: is a link`,
      !/^\d+\.\d+\.\d+/.test(version ?? '') && `${place}: has no exact version of the registry (${version})`,
      !isPinned && `${place}: its contents are not pinned by a hash`,
      hasInstallScript &&
        !isForeign(entry) &&
        judgedScripts[name] !== false &&
        `${place}: runs a script at installation that allowScripts of package.json does not judge`,
    ].filter(Boolean);
  });
}

/** The packages that these names and all that they depend on are, found as Node finds them. */
function closure(lock, names) {
  const byPlace = new Map(lock.map((entry) => [entry.place, entry]));
  const found = new Map();
  const add = (name, from) => {
    const entry = resolveFrom(byPlace, name, from);
    if (!entry || found.has(entry.place)) return;
    found.set(entry.place, entry);
    for (const next of Object.keys(entry.dependencies ?? {})) add(next, entry.place);
  };
  for (const name of names) add(name, '');
  return [...found.values()];
}

function resolveFrom(byPlace, name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const entry = byPlace.get(`${folder ? `${folder}/` : ''}node_modules/${name}`);
    if (entry || !folder) return entry;
  }
}

/** What people's browsers get: all that the web app imports. package.json calls it a dependency of development, because it is bundled. */
export function bundled(root, lock) {
  const sources = ['apps/web', 'libs/domain', 'libs/contract', 'libs/client'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((file) => join(root, folder, file))
      .filter((file) => /\.(ts|tsx|css)$/.test(file) && !/\.spec\.tsx?$|vite\.config/.test(file)),
  );
  const names = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:from|import|import\()\s*'((?:@[\w.-]+\/)?[\w-][\w.-]*)/g)].map(
      ([, name]) => name,
    ),
  );
  return closure(lock, new Set(names));
}
