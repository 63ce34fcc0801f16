// npm run audit: known holes of what is installed. Each is mended, or explained in supply/accepted-findings.json with a reason and an end.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { advisories, judge, knownHoles } from './supply/findings.mjs';
import { readLock } from './supply/lock.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const readList = (name) => JSON.parse(readFileSync(join(import.meta.dirname, 'supply', name), 'utf8'));

const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: ROOT, encoding: 'utf8', timeout: 120_000 });
const report = parse(stdout);
const isAnswered = report.auditReportVersion !== undefined;
const known = knownHoles(readLock(ROOT), readList('known-holes.json'));
const findings = isAnswered ? [...known, ...advisories(report)] : known;
const problems = judge(findings, readList('accepted-findings.json'), new Date().toISOString().slice(0, 10));

for (const problem of problems) console.error(problem);
console.log(`${findings.length} findings, ${problems.length} to be resolved.`);
if (!isAnswered)
  console.error(
    `The registry could not be asked (${report.message ?? 'no answer'}): only the holes of known-holes.json were looked for.`,
  );
process.exit(problems.length > 0 ? 1 : isAnswered ? 0 : 2);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
