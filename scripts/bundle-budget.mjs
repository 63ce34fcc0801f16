// Fails the build when somebody who opens the programme must load more than promised before seeing it.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 150;
const FOLDER = resolve(import.meta.dirname, '../dist-web');
/** The page is a chunk of its own, loaded by the entry as soon as the route is known, with the texts of one language (German has the longest). */
const PAGE = /programme-page\.tsx$/;
const TEXTS = /i18n\/de\/(common|programme)\.json$/;

const manifest = JSON.parse(readFileSync(join(FOLDER, '.vite/manifest.json'), 'utf8'));
const files = new Set();
for (const [key, chunk] of Object.entries(manifest))
  if (chunk.isEntry || PAGE.test(key) || TEXTS.test(key)) collect(key);

function collect(key) {
  const { file, imports = [] } = manifest[key];
  if (files.has(file)) return;
  if (/\.(js|json)$/.test(file)) files.add(file);
  imports.forEach(collect);
}

const sizes = [...files].map((file) => ({ file, kb: gzipSync(readFileSync(join(FOLDER, file))).length / 1000 }));
const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
console.log(`The programme's first load: ${total.toFixed(1)} KB of scripts and texts (gzip), at most ${BUDGET_KB}.`);
if (total > BUDGET_KB) {
  for (const { file, kb } of sizes.sort((a, b) => b.kb - a.kb)) console.error(`  ${kb.toFixed(1)} KB  ${file}`);
  process.exit(1);
}
