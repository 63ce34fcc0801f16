import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import TestSequencer from '@jest/test-sequencer';

const TESTS = resolve(import.meta.dirname, '../..');

/** The slowest files: they run first, otherwise two workers would end with one of them waiting for the other. */
const LONGEST = [
  'medium/faults/nodes',
  'medium/faults/lines',
  'medium/streams/tokens',
  'medium/identity/matrix/authorisation',
  'medium/hostile/fuzz',
  'medium/start/workers',
  'medium/streams/streams',
  'medium/load/rehearse',
  'medium/feed/guarantees',
  'medium/feed/connections',
];
const missing = LONGEST.filter((name) => !existsSync(join(TESTS, `${name}.spec.ts`)));
if (missing.length > 0) throw new Error(`longest-first names tests that do not exist: ${missing.join(', ')}`);

const placeOf = ({ path }) => {
  const place = LONGEST.findIndex((name) => path.includes(`/test/${name}.spec`));
  return place < 0 ? LONGEST.length : place;
};

/** jest's own order is by size where it has not run before, as in CI, and size says little of tests that wait. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => placeOf(one) - placeOf(other));
  }
}
