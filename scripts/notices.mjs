// Writes dist-web/licences.txt: the texts of the licences of everything in the bundle, which most of them ask to stand beside a copy.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { licenceOf } from './supply/licences.mjs';
import { bundled, readLock } from './supply/lock.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const RULE = `\n\n${'-'.repeat(80)}\n\n`;

const texts = bundled(ROOT, readLock(ROOT))
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map((entry) => `${entry.name} ${entry.version} (${licenceOf(entry)})\n\n${textOf(entry.place)}`);
writeFileSync(join(ROOT, 'dist-web/licences.txt'), `Plenum uses these packages.${RULE}${texts.join(RULE)}\n`);

function textOf(place) {
  const folder = join(ROOT, place);
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file ? readFileSync(join(folder, file), 'utf8').trim() : 'Its package holds no text of its own.';
}
