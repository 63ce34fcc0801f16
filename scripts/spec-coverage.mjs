// Every rule of docs/SPEC.md is cited by the name of at least one test, as in `it('counts a repeated vote once (QUE-7)')`, and no test
// cites a rule that is neither there nor among the cases of docs/SECURITY.md. Each of those has a test too, or says `Reason:` why not.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
/** Off only while cases are being written; then a case with neither test nor reason fails. */
const ARE_CASES_BINDING = true;
const ID = '[A-Z]+-?\\d+';
/** At the end of a name, before its quote; several are separated by commas. */
const CITATION = new RegExp(`\\((${ID}(?:, ${ID})*)\\)(?=['"\`])`, 'g');

const idsIn = (page) =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(new RegExp(`\\*\\*(${ID})\\*\\*`, 'g'))].map(([, id]) => id);
const rules = new Set(idsIn('docs/SPEC.md'));
const cases = new Set(idsIn('docs/SECURITY.md'));
const reasoned = casesWithReason();
const cited = new Map();
for (const file of specFiles())
  for (const [, ids] of readFileSync(join(ROOT, file), 'utf8').matchAll(CITATION))
    for (const id of ids.split(', ')) cited.set(id, file);

const untested = [...rules].filter((id) => !cited.has(id));
const unproven = [...cases].filter((id) => !cited.has(id) && !reasoned.has(id));
const unknown = [...cited].filter(([id]) => !rules.has(id) && !cases.has(id));
for (const id of untested) console.error(`${id}: no test cites this rule`);
for (const [id, file] of unknown)
  console.error(`${id}: cited in ${file}, but neither docs/SPEC.md nor docs/SECURITY.md has it`);
for (const id of unproven) console.error(`${id}: no test cites this case, and docs/SECURITY.md gives no reason`);
console.log(
  `${rules.size} rules, ${rules.size - untested.length} cited by tests; ${cases.size} cases of security, ${cases.size - unproven.length} cited or with a reason.`,
);
process.exit(untested.length + unknown.length + (ARE_CASES_BINDING ? unproven.length : 0) > 0 ? 1 : 0);

/** A case goes on until the next one begins, and may say in its text why it has no test. */
function casesWithReason() {
  const text = readFileSync(join(ROOT, 'docs/SECURITY.md'), 'utf8');
  const entries = text.split(/^(?=- \*\*SEC-)/m).slice(1);
  return new Set(entries.filter((entry) => /\bReason: \S/.test(entry)).map((entry) => entry.match(/SEC-\d+/)[0]));
}

function specFiles() {
  return ['apps', 'libs', 'test', 'scripts'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .map((name) => join(folder, name))
      .filter((name) => /\.spec\.tsx?$/.test(name)),
  );
}
