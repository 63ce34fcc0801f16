import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { advisories, judge, knownHoles } from '../../../scripts/supply/findings.mjs';
import { problemsOfLicences } from '../../../scripts/supply/licences.mjs';
import { bundled, problemsOfLock, readLock } from '../../../scripts/supply/lock.mjs';

interface Entry {
  readonly name: string;
  readonly place: string;
  readonly version: string;
  readonly dev?: boolean;
}
const lock: Entry[] = readLock('.');
const json = async (file: string) => JSON.parse(await readFile(file, 'utf8'));
const holes = await json('scripts/supply/known-holes.json');
const accepted = await json('scripts/supply/accepted-findings.json');
const today = () => new Date().toISOString().slice(0, 10);
const pinned = { name: 'one', place: 'node_modules/one', version: '1.0.0', integrity: 'sha512-abc', license: 'MIT' };

describe('the lock', () => {
  it('pins every package by its contents, names no host, and runs no script at installation that nobody judged (SEC-72)', async () => {
    expect(lock.length).toBeGreaterThan(500);
    expect(problemsOfLock(lock, (await json('package.json')).allowScripts)).toEqual([]);
  });

  it.each([
    ['from a host', { resolved: 'https://example.org/one.tgz' }, 'names where it comes from'],
    ['from a repository', { version: 'git+ssh://git@example.org/one.git#abc' }, 'no exact version'],
    ['without a hash', { integrity: undefined }, 'not pinned'],
    ['with a weak hash', { integrity: 'sha1-abc' }, 'not pinned'],
    ['without a hash for machines like ours', { integrity: undefined, optional: true, dev: true }, 'not pinned'],
    ['that is a link', { link: true }, 'is a link'],
    ['with a script', { hasInstallScript: true }, 'does not judge'],
  ])('would be refused with a package %s (SEC-72)', (_, wrong, problem) => {
    expect(problemsOfLock([{ ...pinned, ...wrong }], {})).toEqual([expect.stringContaining(problem)]);
    expect(problemsOfLock([pinned], {})).toEqual([]);
  });
});

describe('licences', () => {
  const inBrowsers = new Set(bundled('.', lock).map(({ place }) => place));
  const isShipped = ({ dev, place }: Entry) => !dev || inBrowsers.has(place);

  it('of everything that people get are permissive, those of tools are known (SEC-72)', () => {
    expect(problemsOfLicences(lock, isShipped)).toEqual([]);
  });

  it('count for the bundle, which package.json calls development (SEC-72)', () => {
    for (const name of [
      'react',
      'livekit-client',
      'socket.io-client',
      '@fontsource-variable/atkinson-hyperlegible-next',
    ])
      expect([...inBrowsers]).toContain(`node_modules/${name}`);
  });

  it.each([
    ['GPL-3.0-only', true, 1],
    ['MPL-2.0', true, 1],
    ['MPL-2.0', false, 0],
    ['(MIT OR GPL-3.0-only)', true, 0],
    ['(MIT AND GPL-3.0-only)', true, 1],
    [undefined, true, 1],
  ])('%s, shipped: %s, is judged (SEC-72)', (license, shipped, problems) => {
    expect(problemsOfLicences([{ ...pinned, license }], () => shipped)).toHaveLength(problems);
  });
});

describe('known holes', () => {
  it('are in no package of the lock, unless explained and not for longer than said (SEC-72)', () => {
    expect(judge(knownHoles(lock, holes), accepted, today())).toEqual([]);
  });

  it('would be found in an old version, and only there (SEC-72)', () => {
    const at = (version: string) => knownHoles([{ ...pinned, name: 'ws', version }], holes).length;
    expect(['8.20.1', '8.9.0', '7.5.10', '8.21.0', '8.100.0'].map(at)).toEqual([1, 1, 1, 0, 0]);
  });

  it('need a reason and an end, and what is not found any more needs neither (SEC-72)', () => {
    const url = 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc';
    const report = { vulnerabilities: { one: { via: [{ name: 'one', range: '<2', title: 'A hole', url }, 'two'] } } };
    const findings = advisories(report);
    const reason = { id: 'GHSA-aaaa-bbbb-cccc', package: 'one', reason: 'only in tests', until: '2026-12-31' };
    expect(judge(findings, [], '2026-11-25')).toEqual(['one <2: A hole (GHSA-aaaa-bbbb-cccc)']);
    expect(judge(findings, [reason], '2026-11-25')).toEqual([]);
    expect(judge(findings, [reason], '2027-01-01')).toEqual([expect.stringContaining('until 2026-12-31')]);
    expect(judge(findings, [{ ...reason, reason: '' }], '2026-11-25')).toEqual([
      expect.stringContaining('without reason'),
    ]);
    expect(judge([], [reason], '2026-11-25')).toEqual([expect.stringContaining('not found any more')]);
  });
});
