// Finds words that comments, messages and docs do not use: npm run words
// What people read on the screen (the catalogues of the web app, the content of the demo) has a glossary of its own and is not searched.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const SEARCHED = ['apps', 'libs', 'test', 'scripts', 'tools', 'docs', 'docker'];
const EXTENSIONS = new Set(['.ts', '.tsx', '.mjs', '.cjs', '.js', '.css', '.md', '.yml', '.yaml', '.html']);
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'dist-web', 'coverage', 'images']);
const SKIPPED_FILES = [
  /^apps\/web\/src\/i18n\//,
  /^apps\/api\/src\/demo\/(ai-week|demo-texts)\.ts$/,
  /^docs\/examples\//,
  /^scripts\/words(\.spec)?\.(mjs|ts)$/,
];

/** Applied to databases: their text is not changed any more. */
const MIGRATIONS = /^apps\/api\/src\/platform\/database\/migrations\//;
/** The term of the clock, and the glossary itself. */
const WALL_CLOCK = /^(docs\/(OPEN|GLOSSARY)\.md|test\/growth\/)/;

/**
 * The words, in lower case, and what is said instead. A space also stands for a line break inside a comment. `allowed` names the files
 * where the word is right, as a pattern of their paths.
 */
const WORDS = [
  { word: 'whoever', instead: 'the client, the actor, a person who', allowed: MIGRATIONS },
  { word: 'somebody who', instead: 'a person who, a client that, an actor' },
  { word: 'so many', instead: 'at most n, this many, a number of' },
  { word: 'unless told', instead: 'by default' },
  { word: 'unless said', instead: 'by default' },
  { word: 'answers how', instead: 'returns how' },
  { word: 'answers whether', instead: 'returns whether' },
  { word: 'answers what', instead: 'returns what' },
  { word: 'answers when', instead: 'returns when' },
  { word: 'answers null', instead: 'returns null' },
  { word: 'answers undefined', instead: 'returns undefined' },
  { word: 'answers true', instead: 'returns true' },
  { word: 'answers false', instead: 'returns false' },
  { word: 'says goodbye', instead: 'sends connection:closing' },
  { word: 'drawn speaker', instead: 'synthetic speaker' },
  { word: 'read first', instead: 'pre-moderation', allowed: /^docs\/GLOSSARY\.md$/ },
  { word: 'the wall', instead: 'the projector', allowed: WALL_CLOCK },
  { word: 'misfit', instead: 'layout overflow' },
  { word: 'newest wins', instead: 'latest wins' },
];

/** Every use of the words in a text, as `{ line, word, instead }`, in the order of the text. */
export function findWords(text, words = WORDS) {
  return words
    .flatMap(({ word, instead }) =>
      [...text.matchAll(patternOf(word))].map(({ index }) => ({ line: lineAt(text, index), word, instead })),
    )
    .sort((a, b) => a.line - b.line);
}

/** The uses in a file that are not allowed there, as `file:line: "word": instead`. */
export function checkFile(path, text, words = WORDS) {
  const forbidden = words.filter(({ allowed }) => !allowed?.test(path));
  return findWords(text, forbidden).map(({ line, word, instead }) => `${path}:${line}: "${word}": say ${instead}`);
}

function patternOf(word) {
  const spaced = word.replaceAll(' ', String.raw`(?:[ \t]+|[ \t]*\n[ \t]*(?:\*|//|#|>)?[ \t]*)`);
  return new RegExp(String.raw`\b${spaced}\b`, 'gi');
}

function lineAt(text, index) {
  return text.slice(0, index).split('\n').length;
}

function* searchedFiles() {
  for (const name of readdirSync(ROOT)) if (extname(name) === '.md') yield name;
  for (const folder of SEARCHED) yield* filesUnder(folder);
}

function* filesUnder(folder) {
  for (const entry of readFolder(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!SKIPPED_FOLDERS.has(entry.name)) yield* filesUnder(path);
    } else if (EXTENSIONS.has(extname(entry.name)) && !SKIPPED_FILES.some((pattern) => pattern.test(path))) yield path;
  }
}

function readFolder(folder) {
  try {
    return readdirSync(join(ROOT, folder), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

if (process.argv[1] === import.meta.filename) {
  const found = [...searchedFiles()].flatMap((path) => checkFile(path, readFileSync(join(ROOT, path), 'utf8')));
  for (const line of found) console.error(line);
  process.exit(found.length > 0 ? 1 : 0);
}
