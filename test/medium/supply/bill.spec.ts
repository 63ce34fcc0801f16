import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readLock } from '../../../scripts/supply/lock.mjs';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-bill-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Component {
  readonly name: string;
  readonly scope: string;
  readonly purl: string;
}

it('has a bill of materials that names everything of the lock, and what browsers get as part of it (SEC-72)', async () => {
  const file = join(folder, 'sbom.cdx.json');
  await promisify(execFile)(process.execPath, ['scripts/sbom.mjs', file]);
  const bill = JSON.parse(await readFile(file, 'utf8')) as { bomFormat: string; components: Component[] };
  expect(bill.bomFormat).toBe('CycloneDX');
  const listed = new Set(bill.components.map(({ purl }) => purl));
  const fetched = readLock('.').filter(({ integrity, optional }) => integrity && !optional);
  const missing = fetched.filter(({ name, version }) => !listed.has(`pkg:npm/${name.replace('@', '%40')}@${version}`));
  expect([fetched.length > 500, missing]).toEqual([true, []]);
  for (const name of ['socket.io', 'react', 'typeorm'])
    expect(bill.components.find((one) => one.name === name)).toMatchObject({
      scope: 'required',
      purl: expect.stringContaining('pkg:npm/'),
      hashes: [expect.objectContaining({ alg: 'SHA-512' })],
    });
});
