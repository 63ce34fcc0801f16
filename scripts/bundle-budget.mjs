// Fails the build when a page loads more bytes than its budget before it can be used.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const FOLDER = resolve(import.meta.dirname, '../dist-web');
/**
 * Each page with its chunk, what it loads by itself before its stream, the texts of one language (German has the longest), and how many KB
 * of scripts, texts, styles and fonts it may take. The whole of a session page is to stay under 300 KB: some 35 are left for the HTML, the
 * answers of the API, the socket and headers.
 */
const PAGES = [
  { name: 'programme', atMost: 190, modules: ['attendee/programme-page.tsx'], texts: ['programme'] },
  {
    name: 'session',
    atMost: 246,
    modules: ['attendee/session-page.tsx', 'stream/stream-player.tsx'],
    texts: ['session', 'questions', 'polls', 'stream', 'sign-in'],
  },
  {
    name: 'moderator',
    atMost: 277,
    modules: ['moderator/moderator-page.tsx', 'qrcode/lib/browser.js'],
    texts: ['moderate', 'cues', 'session', 'questions', 'polls', 'present'],
  },
  // A guest waits for this where an event requires a proof of work: nothing large may be bundled with it.
  { name: 'proof of a guest', atMost: 190, modules: ['client/solve-proof.ts'], texts: ['sign-in'] },
];
const TEXTS_OF_ALL = ['common', 'errors'];
const FONT = /latin-wght-normal\.woff2$/;

const manifest = JSON.parse(readFileSync(join(FOLDER, '.vite/manifest.json'), 'utf8'));
for (const page of PAGES) check(page);

function check({ name, atMost, modules, texts }) {
  const ends = [
    ...modules.map((module) => `/${module}`),
    ...[...TEXTS_OF_ALL, ...texts].map((namespace) => `/i18n/de/${namespace}.json`),
  ];
  const entry = Object.keys(manifest).filter((key) => manifest[key].isEntry || FONT.test(key));
  const found = ends.map((end) => Object.keys(manifest).find((key) => key.endsWith(end)) ?? missing(end));
  const files = new Set();
  for (const key of [...entry, ...found]) collect(key, files);
  const sizes = [...files].map((file) => ({ file, kb: sizeOf(file) }));
  const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
  console.log(`The first load of the ${name}: ${total.toFixed(1)} KB (gzip), at most ${atMost}.`);
  if (total <= atMost) return;
  for (const { file, kb } of sizes.sort((a, b) => b.kb - a.kb)) console.error(`  ${kb.toFixed(1)} KB  ${file}`);
  process.exitCode = 1;
}

function collect(key, files) {
  const { file, imports = [], css = [] } = manifest[key];
  if (files.has(file)) return;
  files.add(file);
  css.forEach((style) => files.add(style));
  imports.forEach((next) => collect(next, files));
}

function sizeOf(file) {
  const bytes = readFileSync(join(FOLDER, file));
  return (file.endsWith('.woff2') ? bytes : gzipSync(bytes)).length / 1000;
}

function missing(end) {
  throw new Error(`the build holds no ${end}: the budget has to name what the page loads now`);
}
