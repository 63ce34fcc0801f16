// Writes beside each text of the built web app how it is sent: .br and .gz, as small as they get, which would take too long for each answer.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const FOLDER = resolve(import.meta.dirname, '../dist-web');
const TEXTS = /\.(js|css|json|svg)$/;

for (const entry of readdirSync(FOLDER, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (!entry.isFile() || !TEXTS.test(entry.name) || file.includes('/.vite/')) continue;
  const text = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  for (const [ending, packed] of [
    ['br', brotliCompressSync(text, { params })],
    ['gz', gzipSync(text, { level: 9 })],
  ])
    if (packed.length < text.length) writeFileSync(`${file}.${ending}`, packed);
}
