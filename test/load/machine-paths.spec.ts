import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { withoutMachinePaths } from './machine-paths.mjs';

const folders = { root: '/srv/plenum', home: '/export/anna', temporary: '/scratch' };
const cut = (text: string) => withoutMachinePaths(text, folders);

describe('paths of the machine in a report', () => {
  it.each([
    ['the checkout', 'at /srv/plenum/dist/libs/bus.js:3', 'at dist/libs/bus.js:3'],
    ['another checkout', 'Error: file:///tmp/m/dist/libs/engine.js:88', 'Error: dist/libs/engine.js:88'],
    ['a checkout at home', '(/export/anna/plenum/test/load/storm.mjs:1:2)', '(test/load/storm.mjs:1:2)'],
    ['a temporary folder', "open '/scratch/plenum-bench-x1/postgres.log'", "open 'postgres.log'"],
    ['the home of another system', 'ENOENT /Users/ben/data.json', 'ENOENT data.json'],
  ])('are cut: %s', (_, text, expected) => expect(cut(text)).toBe(expected));

  it.each([
    'GET /api/sessions/1/state answers 503',
    'http://127.0.0.1:3000/tmp/page',
    'test/load/frame-cost.mjs ended with 1',
    '5,000 people × 1,000 votes/s and/or more',
    '/tmp',
  ])('leaves alone what is no path of it: %s', (text) => expect(cut(text)).toBe(text));

  it('are not in the report of the project', async () => {
    const root = resolve(import.meta.dirname, '../..');
    const page = await readFile(resolve(root, 'docs/BENCHMARKS.md'), 'utf8');
    expect(withoutMachinePaths(page, { root })).toBe(page);
  });
});
