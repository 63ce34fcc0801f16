import { expect, it } from '@jest/globals';
import { fuzz } from './fuzz.js';

/** `npm run test:fuzz`: scripts/fuzz.mjs says how long and with which seed. */
const { FUZZ_SEED = '1', FUZZ_MINUTES = '1', FUZZ_ROUNDS } = process.env;
/** Minutes for the memory of a long run to come back. */
const REST = Number(FUZZ_MINUTES) >= 10 ? 7 : 0;

it(
  `stands ${FUZZ_MINUTES} minutes with seed ${FUZZ_SEED}`,
  async () => {
    const rounds = FUZZ_ROUNDS ? Number(FUZZ_ROUNDS) : undefined;
    const report = await fuzz({
      seed: Number(FUZZ_SEED),
      minutes: Number(FUZZ_MINUTES),
      rounds,
      floor: 60,
      rest: REST,
    });
    process.stdout.write(`\n${String(report)}\n`);
    expect(report.findings).toEqual([]);
  },
  (Number(FUZZ_MINUTES) + REST) * 60_000 + 180_000,
);
