// npm run sbom [FILE]: the bill of materials in CycloneDX, from the lock. The build writes it into dist, so that it is in every image.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { bundled, readLock } from './supply/lock.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const FILE = resolve(ROOT, process.argv[2] ?? 'dist/sbom.cdx.json');

const { status, stdout, stderr } = spawnSync(
  'npm',
  ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'],
  { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);
if (status !== 0) {
  console.error(stderr);
  process.exit(1);
}
const bill = JSON.parse(stdout);
bill.metadata.component.name = 'plenum'; // npm takes the name of the folder
const shipped = new Set(bundled(ROOT, readLock(ROOT)).map(({ name, version }) => `${name}@${version}`));
for (const component of bill.components)
  if (shipped.has(`${component.name}@${component.version}`)) markBundled(component);
mkdirSync(dirname(FILE), { recursive: true });
writeFileSync(FILE, JSON.stringify(bill));
console.log(`${FILE}: ${bill.components.length} components, ${shipped.size} of them in browsers.`);

/** npm calls them development only; they are in the bundle that every browser loads. */
function markBundled(component) {
  component.scope = 'required';
  component.properties = [
    ...component.properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
    { name: 'plenum:bundled', value: 'true' },
  ];
}
