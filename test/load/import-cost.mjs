// The cost of an import before it is written, at n, 2n and 4n sessions: node test/load/import-cost.mjs [n]; prints JSON. Each case is the
// fastest of some runs, in a separate process.
import { randomUUID } from 'node:crypto';
import { ImportJob } from '../../dist/apps/api/src/programme/import/import-job.js';
import { eventRow, programmeOf, scheduleOf } from './schedules.mjs';

const N = Number(process.argv[2] ?? 1_250);
const RUNS = 5;
const event = eventRow(randomUUID());

const CASES = {
  /** Everything is new. */
  created: (count) => ({ file: scheduleOf(count), programme: programmeOf(event, 0) }),
  /** Everything is there already. */
  unchanged: (count) => ({ file: scheduleOf(count), programme: programmeOf(event, count) }),
  /** One room; each session moves one slot earlier, where the first one has begun and stays. */
  blocked: (count) => ({
    file: scheduleOf(count, { rooms: 1, shift: -1, without: 1 }),
    programme: programmeOf(event, count, { rooms: 1, live: 1 }),
  }),
  /** All have one title, and so want one slug. */
  'one title': (count) => ({ file: scheduleOf(count, { title: () => 'Talk' }), programme: programmeOf(event, 0) }),
};

const measured = Object.entries(CASES).map(([name, make]) => [
  name,
  [N, 2 * N, 4 * N].map((count) => ({ count, ...costOf(make(count)) })),
]);
console.log(JSON.stringify({ cases: Object.fromEntries(measured), brackets: costOfBrackets() }));

function costOf({ file, programme }) {
  const bytes = new TextEncoder().encode(JSON.stringify(file));
  const json = JSON.stringify(programme);
  const options = { partial: true, allowCancel: true, dryRun: true };
  const times = Array.from({ length: RUNS }, () => {
    const from = performance.now();
    ImportJob.read(bytes).plan({ event, programme: json, publicUrl: 'https://plenum.example.org', options });
    return performance.now() - from;
  });
  return { bytes: bytes.length, ms: Math.min(...times) };
}

/** 2.6 million nested brackets, refused before they are parsed. */
function costOfBrackets() {
  const bytes = new TextEncoder().encode('['.repeat(2_600_000));
  const from = performance.now();
  try {
    ImportJob.read(bytes);
  } catch (error) {
    return { code: error.code, ms: performance.now() - from };
  }
  throw new Error('the brackets were read');
}
