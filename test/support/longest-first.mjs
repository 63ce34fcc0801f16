import TestSequencer from '@jest/test-sequencer';

/** The files that take longest: they begin first, or two workers would end with one of them waiting for the other. */
const LONGEST = [
  'medium/faults/nodes',
  'medium/faults/lines',
  'medium/stream-tokens',
  'medium/matrix/authorisation',
  'medium/fuzz',
  'medium/start/workers',
  'medium/streams',
  'medium/rehearse',
  'medium/guarantees',
  'medium/connections',
];
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
